choose-title = What would you like to tell us?
choose-lead = Pick what fits best. You do not need to be sure.
kind-message = A message looks odd
kind-message-hint = An e-mail, a text, a call that does not feel right
kind-happened = I did something I am not sure about
kind-happened-hint = Clicked, opened, replied, typed a password, let somebody in or paid. It happens to many people, and telling us early helps most
kind-device = I lost a device
kind-device-hint = A phone, a laptop, a badge, a USB stick
kind-feeling = Something feels wrong
kind-feeling-hint = You cannot name it, but it stays with you
kind-friction = A rule gets in my way
kind-friction-hint = A control that stops you from doing your work
form-empty = There is nothing to send yet. A few words are enough.
form-message-file = A screenshot, or the message as a file (.eml or .msg)
form-message-drop = Drop it here or choose a file
form-paste = Or paste the message here
form-words = In your own words (if you like)
form-words-happened = In your own words. A few are enough
form-words-device = What was it, and where did you have it last?
form-words-feeling = What feels wrong?
form-words-friction = Which rule, and what does it stop you from doing?
form-told = What happened with it? (choose all that fit)
form-happened-title = What happened?
form-happened-told = What of this fits? (choose all that fit)
form-more = Add your e-mail address, so that we can write to you
form-anonymous = You can leave this empty. Then you get your answer on your own page only.
form-who = Add your name and address, so that we know whom to answer
form-page-only = You can leave this empty. Your answer stands on your own page: you get its link when you send this.
form-address = Your e-mail address
form-name = Your name
form-send = Send
form-kept = What you wrote is still here.
form-files-again = Please choose your files again.
form-too-long = This is more text than we can take at once. Please send a part of it first, or add it as a file.
form-safe = You will not be in trouble for telling us.
form-urgent = If it is urgent, call
told-looked = I only looked
told-clicked = I clicked a link
told-opened = I opened a file
told-replied = I replied
told-password = I typed a password
told-approved = I approved a sign-in that I did not start
told-remote = I let somebody onto my computer or phone
told-paid = I paid, or gave card details
deed-paid = paid, or gave card details
deed-remote = let somebody onto a device
deed-password = typed a password
deed-approved = approved a sign-in
deed-opened = opened a file
deed-clicked = clicked a link
deed-replied = replied
page-title = Your report
page-keep-link = Please keep the link to this page, as a bookmark for example. It is how you hear from us.
page-copy-link = Copy the link
page-link-copied = Copied
page-private = This page is private. Anybody who has its address can read it, so keep it to yourself.
stand-reading = We have it and are reading it now.
stand-waiting = Thank you for telling us. A person will look at it.
stand-wrote = You wrote to us again. A person will read it.
stand-working = A person is working on it with you.
stand-answered = This is answered.
page-next = You hear from us by
page-away = Our desk is closed at the moment.
page-away-call = If it cannot wait, call now:
see-new = See what is new
quote-open = “
quote-close = ”
page-late = You were to hear from us by { $by }, and you have not. We are sorry: this is on us, not on you. Your report is here, and the team sees that our word is overdue.
page-was-late = You were to hear from us by { $by }, and you did not. We are sorry: this is on us, not on you.
page-late-call = To reach a person now, call
page-late-write = If it cannot wait, write to us below: your report then lies in front of us again at once.
page-moved = We moved this time. The reason:
promise-sooner = You wrote to us again, so you hear from us sooner.
page-what-we-see = What we see so far
page-seen-at-first = What a program saw at first, before a person looked
page-sure = How sure are we?
certainty-high = We are fairly sure, and a person checks it.
certainty-middle = We are not sure yet, and a person checks it.
certainty-low = This is a first look only. A person checks it.
verdict-likely-harmful = Very likely meant to do harm
verdict-suspicious = Some things do not fit together
verdict-looks-genuine = Looks genuine so far
verdict-our-drill = One of our practice messages, well spotted
verdict-cannot-tell = A program cannot tell what this is
attack-credential-phishing = a false sign-in page
attack-payment = a wrong payment
attack-payroll = a change of salary account
attack-gift-cards = gift cards
attack-invoice = a false invoice
attack-call-back = a number to call
attack-malware = harmful software
attack-extortion = extortion
attack-advance-fee = money in advance
attack-job = a false job
attack-romance = false affection
attack-parcel = a false parcel notice
attack-prize = a false prize
attack-reconnaissance = finding out who answers
attack-spam = unwanted advertising
page-now = What helps now
advice-paid = Call your bank: ask them to stop the payment, and to block the card if you gave its details. For gift cards, call their seller. Say that it may be fraud.
advice-password = Change the password now, from a page you open yourself, and anywhere else you use it. Say “no” to sign-in requests that you did not start.
advice-approved = Change the password of that account now, from a page you open yourself: whoever asked for the sign-in may know it. Say “no” to every further request.
advice-remote = Take the device off the network and leave it on: that ends their access. Change the passwords you use on it from another device.
advice-happened = If you typed a password, change it. If you paid, call your bank. If you opened a file or let somebody onto your screen, leave the device on and take it off the network. Tell us below what you remember.
advice-opened = Leave the device on, take it off the network, and delete nothing.
advice-clicked = Close the page. If you typed or downloaded anything there, tell us below.
advice-clicked-told = Close the page.
advice-replied = Please do not write to the sender again. Tell us below what your reply said.
advice-looked = Leave the message where it is, without opening its links or files, until you hear from us.
advice-badge = Tell reception or whoever gives out the badges too, if you can: often they can lock it at once. As soon as one of us is here, we look at what can be locked.
advice-device = If you signed in to anything on it, change those passwords from another device. As soon as one of us is here, we look at what can be locked.
page-tasks = What we ask of you
task-why = Why
task-minutes = { $n ->
    [one] takes about a minute
   *[other] takes about { $n } minutes
    }
task-done = Done
task-undo = Not done after all
task-help = I would like help
task-helped = You asked for help. A person sees that on your case.
page-told = What you told us
page-told-change = Change this
page-talk = Write to us
page-talk-label = Ask anything, or add what you remember
page-talk-send = Send
page-files = Files
page-file-label = Add a file or a screenshot
page-file-send = Add
page-story = What happened so far
page-before = What came before
page-outcome = How it ended
page-first-of = You were the first of { $total } people who told us about this.
page-one-of = You are one of { $total } people who told us about this.
page-letters = Our letters to you
who-you = You
who-desk = Our team
who-program = Our program
entry-reported = told us
entry-read-likely-harmful = read the message: very likely meant to do harm
entry-read-suspicious = read the message: some things do not fit together
entry-read-looks-genuine = read the message: looks genuine so far
entry-read-our-drill = read the message: one of our practice messages
entry-read-cannot-tell = read the message: a person has to look
entry-read-original = read the message as it first came
entry-read-another = read the message you added as well
entry-opened = opened a case, a person will look
entry-said = wrote
entry-said-unconfirmed = took in a mail under the same name and address; nobody confirms who wrote it, so nothing else follows from it yet
entry-said-at-door = took in words from the page that the form gave; nobody confirms who typed them, so nothing else follows from it yet
entry-corrected = changed what happened to
entry-corrected-none = said that none of it happened
entry-file = added a file
entry-files-left-out = kept ten of the files; the others are inside the mail, which is kept whole
entry-said-nothing = answered our letter, and we found no words above it; the mail is kept whole
entry-unread-message = could not read the message that was added here; please open its file
ended-title = Nothing was sent yet
ended-words = This link leads nowhere any more: a newer one took its place, or what it led to was deleted. Nothing was sent. Here is what you wrote: please copy it. If you have a letter from us, open the page from our newest letter and send it there; else tell us anew.
ended-typed = What you wrote
ended-anew = Or tell us anew
entry-task = asked for something
entry-task-done = did a task
entry-task-open = opened a task again
entry-task-help = would like help with a task
entry-letter = wrote
entry-outcome = told how it ended
entry-outcome-earlier = this was put right later, see the newer letter
entry-promise-moved = moved the time of our next word
entry-promise-soon = reminded us of a promise
entry-note = noted for the team
entry-taken = took the case on
entry-given-back = gave the case back
entry-closed = closed the case
entry-reopened = opened the case again
entry-split = gave this report a case of its own
entry-not-meant = said that what this person was told about the end was not meant for them
entry-split-away = gave this person a case of their own
entry-merged = brought another case in here
entry-merged-away = moved everything to case
entry-new-link = sent a new private link
entry-vouched = said that this person is who they say
entry-unreached = could not tell how it ended: nothing reaches this person
entry-premise = said how well the message fits the people here
entry-premise-back = went back to the program's guess of how hard it was to spot
entry-first-word-held = wrote no further automatic answer: this address got many within the hour
entry-first-word-unsaid = wrote no first answer: our own check marked our words. Please write to this person
entry-first-word-old = wrote no automatic answer: the mail is older than two days
entry-first-word-sender = wrote no automatic answer: this message came straight from its own sender, and an answer would tell them what we see. If a person who needs us wrote it, please reach them another way, such as by phone
entry-first-word-quiet = wrote no automatic answer: their mail asks for none. Please write to them yourself
entry-undelivered = could not deliver our letter: the mail server will not take it for this address
entry-tells-of-another = heard that somebody else may have clicked, typed or paid: ask whom, and who helps them
entry-answers-another = took this as a report of their own: it answers our letter to somebody else here, or comes from a second address of theirs
entry-robot-reply = an automatic reply came in
entry-notice-unconfirmed = took in a notice that a letter to them could not be delivered. It came to an address that others know too, so anybody may have written it, and nothing follows from it yet
outcome-harmful-stopped = It was harmful, and it is stopped
outcome-harmful = It was harmful
outcome-genuine = It was genuine, and good to ask
outcome-drill = It was one of our drills, well spotted
outcome-could-not-tell = We could not tell
outcome-settled = It is settled
outcome-harmful-stopped-letter = Hello,

    The message was meant to do harm. We stopped it. Thank you for telling us.
outcome-harmful-letter = Hello,

    The message was meant to do harm. Thank you for telling us.
outcome-genuine-letter = Hello,

    Here is how it ended: the message is genuine. Thank you for asking, that was the right thing to do.
outcome-drill-letter = Hello,

    Here is how it ended: this was one of our practice messages. Thank you for telling us, well spotted.
outcome-could-not-tell-letter = Hello,

    Here is how it ended: we looked closely and could not tell for sure what this was. Thank you for telling us.
outcome-settled-letter = Hello,

    Here is how it ended: this is settled. Thank you for telling us.
outcome-harmful-stopped-letter-seen = Hello,

    Here is how it ended: this was meant to do harm, and we stopped it. Thank you for telling us.
outcome-harmful-letter-seen = Hello,

    Here is how it ended: this was meant to do harm. Thank you for telling us.
outcome-genuine-letter-seen = Hello,

    Here is how it ended: there is nothing harmful behind it. Thank you for asking, that was the right thing to do.
outcome-drill-letter-seen = Hello,

    Here is how it ended: this was one of our drills. Thank you for telling us, well spotted.
outcome-harmful-stopped-letter-device = Hello,

    Here is how it ended: somebody meant to do harm with the device, and we stopped it. Thank you for telling us.
outcome-harmful-letter-device = Hello,

    Here is how it ended: somebody meant to do harm with the device. Thank you for telling us.
outcome-could-not-tell-letter-device = Hello,

    Here is how it ended: we looked closely and could not find out for sure what happened to the device. Thank you for telling us.
outcome-steps = If one of these steps is still open, it helps now as well:
outcome-step-paid = Ask your bank to stop the payment, and to block the card if you gave its details. For gift cards, ask their seller to block the codes.
outcome-step-remote = Take the device off the network, leave it switched on, and call us.
outcome-step-approved = Say no to any further sign-in request that you did not start. We sign the account out. Change its password from a page you open yourself.
outcome-step-password = Change the password from a page you open yourself, and wherever else you use it.
outcome-step-opened = If your device is still off the network, ask us before you connect it again.
outcome-step-clicked = If you typed or downloaded anything on the page that opened, tell us.
outcome-step-replied = Leave further messages from the sender without an answer, and tell us what your reply said.
outcome-step-device = If you were signed in to anything on the device, change those passwords from another one.
outcome-acted = If you have acted on it, for example clicked, replied, paid or typed something in, tell us on your page, or reply. We help you at once.
outcome-nothing = You need to do nothing more.
outcome-asked = What we asked of you still stands on your page. You can say there that it is done, or that you would like help.
outcome-back = If anything about it comes back, or something is unclear, reply to this letter or open your page, and we will look at it again.
outcome-was-wrong = Our earlier letter said something else. That was wrong, and we are sorry. Please go by this one.
outcome-more-known = We wrote to you about this before. We know more now, and this letter takes the place of the earlier one.
credit-first = You were the first of { $total } people who told us about it. We first heard of it from you.
credit-one-of = You are one of { $total } people who told us about it. Each report showed us how far it reached.
credit-own = Thank you also for telling us what happened on your side. That is what helps us most.
letter-hello = Hello,
letter-hello-name = Hello { $name },
letter-next = You hear from us again by { $by }, even if there is nothing new.
letter-page = Your own page, with everything so far:
letter-task = Hello,

    Thank you for your help so far. We would like to ask one thing of you: { $ask }

    Why: { $why }
letter-task-minutes = { $n ->
    [one] It takes about a minute.
   *[other] It takes about { $n } minutes.
    }
letter-task-page = On your page you can say that it is done, or that you would like help with it. We check it then, and go on. If anything is unclear, reply to this letter.
letter-ending = { $name }
    Security desk, { $organisation }
letter-moved = Hello,

    Thank you for waiting. We said you would hear from us sooner, and we need more time. You will hear from us by { $by }.

    The reason: { $reason }
letter-moved-late = Hello,

    You were to hear from us by { $was }, and you did not. We are sorry: this is on us, not on you. We need more time, and you hear from us by { $by }.

    The reason: { $reason }
letter-not-meant = Hello,

    we wrote to you how something ended, and that was about something else than your report. We are sorry for the mix-up. Your report still waits for its answer, and a person is looking at it.
letter-new-link = Hello,

    Thank you for getting in touch. Here is a new private link to your page. The old one no longer works. What we wrote to you before still holds, and it stands on that page. If anything in it is unclear or hard to do, reply to this letter, and we answer you.
subject-steps = Thank you: what helps now
subject-word = About your report: { $about }
subject-word-day = About your report of { $day }
subject-moved = You hear from us a little later: { $about }
subject-moved-day = You hear from us a little later: your report of { $day }
subject-late = Sorry for the wait: { $about }
subject-late-day = Sorry for the wait: your report of { $day }
subject-outcome = How it ended: { $about }
subject-outcome-day = How it ended: your report of { $day }
first-word-short = Hello,

    Thank you for telling us. We have your report, and nothing of it gets lost.

    What happens next: a person looks at this and writes to you by { $by }, even if there is nothing new by then.

    Your own page shows where things stand, and lets you add to it or ask us anything:
    { "[[page]]" }

    Your security desk at { $organisation }
entry-earlier-harmful = found that a person here has looked at a message like this one: it was meant to do harm. A person confirms it for this one
entry-earlier-drill = found that a person here has looked at a message like this one: it was one of our own practice messages. A person confirms it for this one
entry-like-drill = found that somebody else sent us the whole of a message like this one, and that one is our own practice message. A person checks whether this is the same
entry-address = gave another address
typed-title = What was told us by the form
typed-goes-on = This page goes on where our letter leads: somebody has answered us there. What is written there is for them and us.
typed-what = What came by the form
typed-no-words = There were no words in it.
typed-more = If the letter came to you, its link leads to the whole page. If you told us this for somebody else, thank you. They hear from us now.
typed-report = Tell us something else
address-comes-back = Our letters to you come back:
address-another = Please keep the link to this page, or give us an address that works.
address-label = Your address
address-send = Write to me there
problem-odd-address = That does not look like an address we can write to. It has a form like kim@example.org.
subject-address = Your report, at your new address
letter-address = Hello,

    Thank you for your new address. Our letters come here from now on.

    { $next }

    Here is your own page:
    { $link }

    It shows where things stand. There you can add to it or ask us anything.

    If this letter is not for you, please reply to it and tell us.

    Your security desk at { $organisation }
letter-address-next = What happens next: a person looks at this and writes to you by { $by }, even if there is nothing new by then.
letter-address-done = We have closed what you told us about. How it ended stands on your page.
