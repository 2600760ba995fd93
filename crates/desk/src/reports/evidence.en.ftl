# What was seen in a message, for the person who told us. One sentence for each rule of the analysis, in its own words.
# `$a` and `$b` are details from the message: `{0}` and `{1}`, or the names in braces in the order of the alphabet.

# Authentication
evidence-auth-pass = Our mail server could confirm that this came from `{ $a }`.
evidence-auth-pass-known = Our mail server could confirm that this really came from `{ $a }`.
evidence-auth-fail = Our mail server could not confirm that this came from `{ $a }`.
evidence-auth-own-fail = It says it comes from our own organisation, but our mail server could not confirm that.
evidence-auth-spf-fail = The server that sent this is not on the sender's list of mail servers.
evidence-auth-context = We looked at what our mail server noted about the sender. It does not settle the question.
evidence-auth-unknown = We have no note from our own mail server about who really sent this.

# Senders
evidence-sender-brand-mismatch = The sender's name says `{ $a }`, but the address belongs to `{ $b }`.
evidence-sender-lookalike-own = The address `{ $a }` looks like ours, but it is not.
evidence-sender-own-other-suffix = The address `{ $a }` has our name, but another ending than ours.
evidence-sender-lookalike-brand = The address `{ $a }` looks like `{ $b }`, but it is not theirs.
evidence-sender-brand-added = The address `{ $a }` holds the name `{ $b }`, but it is not known to be theirs.
evidence-sender-name-own = The name looks like one of ours, but the address is from outside.
evidence-sender-plays-us = It says that it comes from us, and it does not.
evidence-sender-name-address = The sender's name shows the address `{ $a }`, but the message came from `{ $b }`.
evidence-sender-name-host = The sender's name shows `{ $a }`, but the address belongs to `{ $b }`.
evidence-sender-reply-free = If you answer, your reply goes to a private mailbox, `{ $a }`.
evidence-sender-reply-elsewhere = If you answer, your reply goes to another place, `{ $a }`.
evidence-sender-free-role = It speaks for an office, but it was sent from a private mailbox.
evidence-sender-random = The sender's address looks like letters thrown together.
evidence-sender-tenant = The sender uses the trial name of a mail service, not a name of its own.
evidence-sender-malformed = The sender line is not built the way mail programs build it.
evidence-sender-missing = The message does not say who sent it.
evidence-sender-impossible = The sender's address, `{ $a }`, cannot exist on the internet.
evidence-sender-self = It pretends that you sent it to yourself.
evidence-sender-dressed = The sender's name is dressed up with signs or odd letters.
evidence-sender-return-elsewhere = The letter's return address is at another place than the sender. That is common.
evidence-sender-first-contact = Nobody here has had mail from this address before.
evidence-sender-known = People here have had mail from this address before.
evidence-sender-odd-suffix = The sender's address ends in `.{ $a }`, an ending that is often used for a short time only.

# Links
evidence-link-shows-brand = A link shows `{ $a }`, but it leads to `{ $b }`.
evidence-link-shows-other = A link shows `{ $a }`, but it leads to `{ $b }`.
evidence-link-lookalike = A link leads to `{ $a }`, which looks like `{ $b }` but is another one.
evidence-link-brand-borrowed = A link leads to `{ $a }`, which only borrows the name of `{ $b }`.
evidence-link-ip = A link leads to a bare number, `{ $a }`, not to a named site.
evidence-link-userinfo = A link is written so that its start looks like another site.
evidence-link-mixed-letters = A link uses letters that only look like ours, `{ $a }`.
evidence-link-international = A link uses letters of another alphabet in its name.
evidence-link-shortener = A link goes through the short address `{ $a }`, which hides where it ends.
evidence-link-redirector = A link uses `{ $a }` as a stepping stone to another place.
evidence-link-free-host = A link leads to `{ $a }`, where anybody can put a page for free.
evidence-link-data = A link holds a hidden page of its own.
evidence-link-script = A link would start a small program. Mail programs will not run it.
evidence-link-port = A link leads to an unusual door of a site.
evidence-link-deep = A link's name has many parts, which can hide the one that counts.
evidence-link-random = A link leads to a name that looks like letters thrown together, `{ $a }`.
evidence-link-odd-suffix = A link leads to a name that ends in `.{ $a }`, an ending that is often used for a short time only.
evidence-link-broken-site = A link leads into the back rooms of a site, which may have been broken into.
evidence-link-names-you = A link carries your own address, so the site would know that you came.
evidence-link-all-one-elsewhere = Every link leads to one place, and it is not the sender's.
evidence-link-protected = A link was wrapped by a protection service. We looked at the real target.
evidence-link-sender-own = The links lead to the sender's own site, `{ $a }`.
evidence-link-brand-own = The links lead to the real site of `{ $a }`.
evidence-link-not-the-brands = It speaks for `{ $a }`, but no link leads to them.
evidence-link-form = The message holds a form that would send away what is typed.
evidence-link-password-field = The message itself has a field for a password.
evidence-link-many = There are very many links. We looked at the first ones.

# Hidden things
evidence-hidden-zero-width = Some words hold signs that nobody can see. This is done to get past filters.
evidence-hidden-mixed-letters = Some words use letters that only look right.
evidence-hidden-fancy-letters = The subject uses odd letter shapes, which helps to get past filters.
evidence-hidden-text = There is text in the message that you cannot see. Newsletters do this too.
evidence-hidden-much-text = Most of the text in this message is hidden from the eye.
evidence-hidden-zero-font = Some text is set so small that nobody can see it.
evidence-hidden-image-only = The message is a picture with a link, with hardly a word in it.
evidence-hidden-script = The message holds a small program. Mail programs will not run it.
evidence-hidden-smuggling = The message would build a file on your computer when opened.
evidence-hidden-refresh = The message would jump to another page by itself.

# Requests
evidence-ask-credentials = It asks you to confirm or update an account or secret: `{ $a }`.
evidence-ask-threat = It says that you will lose something: `{ $a }`.
evidence-ask-signin = It reports a strange sign-in: `{ $a }`.
evidence-ask-prize = It promises a prize or a gift: `{ $a }`.
evidence-ask-crypto = It wants you to act on digital coins: `{ $a }`.
evidence-ask-parcel = It says that a parcel is held up: `{ $a }`.
evidence-ask-mailbox = It says that your mailbox or storage is in trouble: `{ $a }`.
evidence-ask-renewal = It says that something you pay for has ended or will be charged: `{ $a }`.
evidence-ask-advance-fee = It speaks of a large sum that is waiting for you.
evidence-ask-blackmail = It threatens to show private things. Such messages are sent to thousands of people; they are bluffs.
evidence-ask-bank-change = It says that bank details have changed: `{ $a }`. Please check by calling a number you already know.
evidence-ask-gift-cards = It asks for gift cards: `{ $a }`. No office or manager pays that way.
evidence-ask-call = It wants you to call a number about a charge: `{ $a }`.
evidence-ask-secrecy = It asks you to keep this quiet or to use no phone: `{ $a }`.
evidence-ask-errand = It asks for a quick favour or payment: `{ $a }`.
evidence-ask-urgency = It pushes you to hurry: `{ $a }`.
evidence-ask-greeting = It does not use your name: `{ $a }`.
evidence-ask-bait = It offers things that are often used as bait: `{ $a }`.
evidence-ask-paper = It talks of a document or payment that needs you: `{ $a }`.
evidence-ask-refund = It says that you are owed money: `{ $a }`.
evidence-content-brand-subject = It asks in the name of `{ $a }`, but nothing in it leads to them.
evidence-content-brand-text = It speaks of `{ $a }` while it asks for something, but nothing in it leads to them.

# Structure
evidence-made-no-date = The message has no readable date.
evidence-made-no-id = The message lacks a mark that mail programs set.
evidence-made-false-reply = It looks like an answer, but it answers nothing.
evidence-made-raw-letters = The subject or the sender is not written in the way mail requires.
evidence-made-number-tag = The subject carries a random-looking number.
evidence-made-conversation = It is part of a conversation.
evidence-made-list = It came through a mailing list, `{ $a }`.
evidence-made-limits = The message is very large or oddly built. We read a part of it.
evidence-made-unreadable = We could not read this as a mail message.
evidence-made-encrypted = It is encrypted. We could not read what it says.
evidence-made-damaged = This looks like an Outlook file, and it is damaged. We could read nothing in it.
evidence-made-plain = We read the whole message.
evidence-made-no-headers = It came as an ordinary forward, so some technical marks are gone.
evidence-made-several = More than one message was attached. We read up to five of them, and this is the one that worries us most.

# Drills
evidence-drill-ours = This is one of our own practice messages.
evidence-drill-link = This is one of our own practice messages.

# Attachments
evidence-attachment-program = The file `{ $a }` is a program. If it is opened, it can do anything on the computer.
evidence-attachment-script = The file `{ $a }` is a script: a double click would run it like a program.
evidence-attachment-shortcut = The file `{ $a }` is a shortcut that can start something else when it is opened.
evidence-attachment-web-shortcut = The file `{ $a }` is a shortcut to a website.
evidence-attachment-disk-image = The file `{ $a }` is a disk image. People rarely send these; they can carry hidden programs.
evidence-attachment-help-file = The file `{ $a }` is an old kind of help file that can run programs.
evidence-attachment-onenote = The file `{ $a }` is a OneNote notebook. These can hide a program behind a picture to click.
evidence-attachment-remote-desktop = The file `{ $a }` would connect the computer to somebody else's machine.
evidence-attachment-data-query = The file `{ $a }` would make Excel fetch or run something from outside.
evidence-attachment-macro = The document `{ $a }` contains small programs (macros).
evidence-attachment-macro-autorun = The document `{ $a }` contains a small program that starts by itself when it is opened.
evidence-attachment-excel4-macro = The workbook `{ $a }` contains an old kind of small program (macro).
evidence-attachment-remote-template = The document `{ $a }` would fetch more content from elsewhere when it is opened.
evidence-attachment-field-command = The document `{ $a }` would start another program when it is opened.
evidence-attachment-embedded-object = The document `{ $a }` has another file packed inside it.
evidence-attachment-equation-object = The document `{ $a }` contains a part that is known for attacks on old versions of Office.
evidence-attachment-double-extension = The name `{ $a }` pretends to be one kind of file, but its real ending says another.
evidence-attachment-name-reversed = The name of the file `{ $a }` has an invisible mark in it that hides what kind of file it is.
evidence-attachment-name-padded = The name `{ $a }` has a long gap in it that pushes its real ending out of sight.
evidence-attachment-name-disguised = The name of the file `{ $a }` has invisible signs between its letters, which hides it from filters.
evidence-attachment-type-differs = The file `{ $a }` is not the kind of file its name says.
evidence-attachment-encrypted = The file `{ $a }` is locked with a password, so that nobody can check what is inside on the way.
evidence-archive-encrypted = The packed file `{ $a }` is locked with a password, so that nobody can check what is inside on the way.
evidence-archive-bomb = The packed file `{ $a }` would unpack to something far too large. We did not unpack it.
evidence-archive-nested = The file `{ $a }` has packed files inside packed files, which is a way to hide something.
evidence-archive-unlisted = We could not look inside the packed file `{ $a }`.
evidence-attachment-not-read = There was more in `{ $a }` than we read.
evidence-attachment-outlook-item = `{ $a }` is an Outlook message.
evidence-html-attachment = The file `{ $a }` is a web page sent as a file. Opened, it looks like a website but comes from the sender.
evidence-html-attachment-form = The web page `{ $a }` asks to fill in a form and would send the answers away.
evidence-html-attachment-password = The web page `{ $a }` asks for a password. Please do not type one there.
evidence-html-attachment-redirect = The web page `{ $a }` would lead on to another website by itself.
evidence-html-attachment-script = The web page `{ $a }` contains a script.
evidence-html-smuggling = The web page `{ $a }` would build a file on the computer by itself, past every check on the way.
evidence-html-obfuscated = The web page `{ $a }` hides what it does.
evidence-svg-script = The picture `{ $a }` contains a script, which no honest picture needs.
evidence-pdf-script = The PDF `{ $a }` contains a script.
evidence-pdf-launch = The PDF `{ $a }` tries to start another program.
evidence-pdf-opens-link = The PDF `{ $a }` would open a website by itself.
evidence-pdf-embedded-file = The PDF `{ $a }` has another file packed inside it.
evidence-pdf-form-submits = The PDF `{ $a }` would send what is typed into it to a website.
evidence-pdf-mostly-link = The PDF `{ $a }` has little in it but a link to click.
evidence-pdf-encrypted = The PDF `{ $a }` is locked, so that we could not look inside.
evidence-pdf-bomb = The PDF `{ $a }` would unpack to something far too large. We stopped reading it.
evidence-link-in-qr = The picture `{ $b }` holds a QR code that leads to { $a }. A phone would open it without any check.
evidence-qr-payment = The picture `{ $a }` holds a QR code for a payment.
evidence-qr-other = The picture `{ $a }` holds a QR code.
evidence-image-too-large = The picture `{ $a }` is far larger than it needs to be, so we did not look into it.
evidence-calendar-link = The invitation `{ $a }` has a link in it. Such invitations can land in a calendar without being asked for.
evidence-calendar-invite = `{ $a }` is a calendar invitation.
