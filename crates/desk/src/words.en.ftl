# Words every page may use.
skip = Skip to the content
language = Language
language-other = Deutsch
language-other-tag = de
sign-in = Sign in
sign-out = Sign out
report-something = Report something
said-received = Thank you, we have it. It is stored safely.
said-said = Thank you, we have your message.
said-corrected = Thank you, we changed it.
said-file = Thank you, we have the file.
said-saved = Saved.
said-password = Saved. Your other sessions have ended.
said-sent = Sent. They know when they hear from us next.
said-sent-last = Sent. They know that nothing more is needed.
said-asked = Asked. It stands on their page, and a letter goes out where one may.
said-vouched = Saved. From now on letters go to them, and they are owed a word.
said-draft-kept = Your draft is kept.
said-outcome-told = Told. Everybody we can reach knows how it ended.
said-closed = Closed. Nobody in that case was left without an answer.
said-closed-unreached = Closed. Somebody in that case did not hear how it ended: nothing we write reaches them.
said-promise-moved = Moved, and they know why.
said-premise = Saved. It now counts in how hard this was to spot.
said-premise-back = Our guess counts again.
said-link-renewed = They get a new private link; the old one no longer works.
spotting-least = easiest to spot
spotting-moderately-to-least = fairly easy to spot
spotting-moderately = takes a careful look
spotting-very = very hard to spot
home-title = Does anything look odd? Tell us.
home-lead = A strange message, a lost phone, a click you are not sure about, a rule that stops you from working. Telling us takes seconds and you do not need an account. You will not be in trouble for it.
home-mail = You can also forward a message to
home-what-title = What happens then
home-what-1 = You get an answer right away: what we see so far and what helps now.
home-what-2 = A person looks at it and writes to you by a time that we name.
home-what-3 = You hear how it ended, and what your report did.
home-check = Check the words of a letter
home-check-lead = For anybody who writes to colleagues about security: see what may sound like blame, threat or jargon.
check-title = Check your words
check-lead = Paste a letter, a warning or a policy. You see what may blame, threaten, confuse or leave people without a next step. Nothing is stored.
check-label = Your text
check-button = Check it
check-clean = Nothing to mention. This reads kind and clear.
check-found = What we noticed
check-instead = You could write
signin-title = Sign in
signin-lead = For the people who work on reports. To report something you need no account.
signin-address = E-mail address
signin-password = Password
setup-title = Set up your account
setup-lead = This link works once. After this you can sign in.
setup-name = Your name, as letters carry it
setup-password-hint = At least 12 characters. Three or four words in a row work well.
setup-button = Set up and sign in
reset-title = Set a new password
reset-lead = This link works once. Your sessions on all machines end.
reset-button = Save and sign in
survey-title = Three short questions
survey-lead = Your answers go into a number together with many others. They carry no name, and nobody sees them one by one.
survey-respected = I was treated with respect.
survey-know = I know what to do now.
survey-again = I would report again.
survey-words = Anything you want to add (you can leave this empty)
survey-yes = yes
survey-no = no
survey-button = Send my answers
survey-done-title = Thank you
survey-done = Your answers help us to treat people better.
problem-start = To the start
problem-back = Back
problem-nothing-here = There is nothing here
problem-nothing-here-words = The link may be old, or part of it may be missing. If it came in a letter from us, reply to that letter and we will send a new one.
problem-address = Part of the address is missing or has changed on its way. If it came in a letter from us, please open it from there once more.
problem-other-way = This page opens from another one. Please start there once more.
problem-sign-in = Please sign in
problem-sign-in-words = This page is for the people who work on reports.
problem-other-role = This page is for another role
problem-other-role-words = Ask an admin if you need it for your work.
problem-missing = One thing is missing
problem-moment = A moment, please
problem-moment-words = Many requests came from your network just now. Please try again in { $seconds } seconds. Nothing you sent before is lost.
problem-large = That file is larger than we can take
problem-large-words = A screenshot, or the message without its attachments, helps just as much.
problem-ours = That did not work, and it is on our side
problem-ours-words = Nothing you did caused this. Please try again in a minute. If it is urgent, call the security desk.
problem-form = Part of the form did not arrive. Please go back and send it once more.
problem-other-site = This form came from another site. Please open our page and send it from there.
problem-no-words = Please write a few words first.
problem-no-file = The file did not arrive. Please choose it again.
problem-ten-files = Ten files at once are the most we take. You can add more on your page afterwards.
problem-thirty-files = There are thirty files here already. Please write to us below if more would help.
problem-still-reading = We are still reading what you sent. Please try again in a few seconds.
survey-too-long = The page has expired. Please open it again from our letter.
survey-too-quick = That was very quick. Please take a second to read the three questions, and send again.
survey-choose = Please choose an answer for each of the three questions.
survey-answered = This was answered before. Thank you!
invitation-subject = Three short questions, if you have a minute
invitation-letter = Hello,

    Thank you once more for telling us. What you told us about is settled now.

    How was it for you? Three short questions, one minute, no name:
    { $link }

    The link works for 30 days. You do not have to answer; there will be no reminder.

    Your security desk at { $organisation }
