# Was in einer Nachricht zu sehen war, für den Menschen, der sie gemeldet hat. Ein Satz für jede Regel.
# `$a` und `$b` sind Einzelheiten aus der Nachricht, wie in der englischen Datei.

# Herkunft
evidence-auth-pass = Unser Mailserver konnte bestätigen, dass die Nachricht von `{ $a }` kam.
evidence-auth-pass-known = Unser Mailserver konnte bestätigen, dass die Nachricht wirklich von `{ $a }` kam.
evidence-auth-fail = Unser Mailserver konnte nicht bestätigen, dass die Nachricht von `{ $a }` kam.
evidence-auth-own-fail = Die Nachricht gibt an, aus unserem Haus zu kommen. Unser Mailserver konnte das nicht bestätigen.
evidence-auth-spf-fail = Der Server, von dem die Nachricht kam, steht nicht auf der Liste der Mailserver des Absenders.
evidence-auth-context = Wir haben uns angesehen, was unser Mailserver zum Absender notiert hat. Das klärt die Frage noch nicht.
evidence-auth-unknown = Wir haben von unserem Mailserver keinen Hinweis, wer die Nachricht wirklich geschickt hat.

# Absender
evidence-sender-brand-mismatch = Als Absender ist `{ $a }` angegeben, aber die Adresse gehört zu `{ $b }`.
evidence-sender-lookalike-own = Die Adresse `{ $a }` sieht aus wie eine von uns, ist es aber nicht.
evidence-sender-own-other-suffix = Die Adresse `{ $a }` trägt unseren Namen, hat aber eine andere Endung als unsere.
evidence-sender-lookalike-brand = Die Adresse `{ $a }` sieht aus wie eine von `{ $b }`, gehört aber nicht dazu.
evidence-sender-brand-added = In der Adresse `{ $a }` steht der Name `{ $b }`. Soweit wir wissen, gehört sie aber nicht dazu.
evidence-sender-name-own = Der Name sieht aus wie einer von uns, aber die Adresse ist von außerhalb.
evidence-sender-plays-us = Sie gibt vor, von uns zu kommen, und das stimmt nicht.
evidence-sender-name-address = Im Namen des Absenders steht die Adresse `{ $a }`, die Nachricht kam aber von `{ $b }`.
evidence-sender-name-host = Im Namen des Absenders steht `{ $a }`, die Adresse gehört aber zu `{ $b }`.
evidence-sender-reply-free = Wenn Sie antworten, geht Ihre Antwort an ein privates Postfach: `{ $a }`.
evidence-sender-reply-elsewhere = Wenn Sie antworten, geht Ihre Antwort an einen anderen Ort: `{ $a }`.
evidence-sender-free-role = Die Nachricht spricht für ein Amt oder eine Abteilung, kam aber aus einem privaten Postfach.
evidence-sender-random = Die Adresse des Absenders sieht aus wie zufällig aneinandergereihte Buchstaben.
evidence-sender-tenant = Der Absender nutzt den Testnamen eines Maildienstes und keinen eigenen Namen.
evidence-sender-malformed = Die Zeile mit dem Absender ist nicht so aufgebaut, wie Mailprogramme es tun.
evidence-sender-missing = In der Nachricht steht nicht, wer sie geschickt hat.
evidence-sender-impossible = Die Adresse des Absenders, `{ $a }`, kann es im Internet nicht geben.
evidence-sender-self = Die Nachricht tut so, als käme sie von Ihnen selbst.
evidence-sender-dressed = Der Name des Absenders ist mit Zeichen oder ungewöhnlichen Buchstaben verziert.
evidence-sender-return-elsewhere = Die Adresse für Rücksendungen ist eine andere als die des Absenders. Das kommt oft vor.
evidence-sender-first-contact = Bei uns hat noch niemand Post von dieser Adresse bekommen.
evidence-sender-known = Von dieser Adresse haben wir schon früher Post bekommen.
evidence-sender-odd-suffix = Die Adresse des Absenders endet auf `.{ $a }`. Diese Endung wird oft nur für kurze Zeit genutzt.

# Links
evidence-link-shows-brand = Ein Link zeigt `{ $a }` an, führt aber zu `{ $b }`.
evidence-link-shows-other = Ein Link zeigt `{ $a }` an, führt aber zu `{ $b }`.
evidence-link-lookalike = Ein Link führt zu `{ $a }`. Das sieht aus wie `{ $b }`, gehört aber nicht dazu.
evidence-link-brand-borrowed = Ein Link führt zu `{ $a }`. Diese Adresse leiht sich den Namen `{ $b }` nur aus.
evidence-link-ip = Ein Link führt zu einer bloßen Nummer, `{ $a }`, und nicht zu einer Seite mit Namen.
evidence-link-userinfo = Ein Link ist so geschrieben, dass sein Anfang wie eine andere Seite aussieht.
evidence-link-mixed-letters = Ein Link nutzt Buchstaben, die unseren nur ähnlich sehen: `{ $a }`.
evidence-link-international = Im Namen eines Links stehen Buchstaben aus einer anderen Schrift.
evidence-link-shortener = Ein Link läuft über die Kurzadresse `{ $a }`. Wohin er am Ende führt, sieht man ihm nicht an.
evidence-link-redirector = Ein Link nutzt `{ $a }` als Zwischenhalt auf dem Weg zu einem anderen Ort.
evidence-link-free-host = Ein Link führt zu `{ $a }`. Dort können alle kostenlos eine Seite anlegen.
evidence-link-data = Ein Link trägt eine eigene, versteckte Seite in sich.
evidence-link-script = Ein Link würde ein kleines Programm starten. Mailprogramme führen es nicht aus.
evidence-link-port = Ein Link führt durch einen ungewöhnlichen Eingang auf eine Seite.
evidence-link-deep = Der Name in einem Link hat viele Teile. Das kann den Teil verdecken, auf den es ankommt.
evidence-link-random = Ein Link führt zu einem Namen, der wie zufällig aneinandergereihte Buchstaben aussieht: `{ $a }`.
evidence-link-odd-suffix = Ein Link führt zu einem Namen, der auf `.{ $a }` endet. Diese Endung wird oft nur für kurze Zeit genutzt.
evidence-link-broken-site = Ein Link führt in die hinteren Räume einer Seite. Vielleicht ist dort jemand eingebrochen.
evidence-link-names-you = Ein Link enthält Ihre eigene Adresse. Die Seite würde also erfahren, dass Sie da waren.
evidence-link-all-one-elsewhere = Alle Links führen an denselben Ort, und der gehört nicht zum Absender.
evidence-link-protected = Ein Schutzdienst hat einen Link verpackt. Wir haben uns das echte Ziel angesehen.
evidence-link-sender-own = Die Links führen zur eigenen Seite des Absenders, `{ $a }`.
evidence-link-brand-own = Die Links führen zur echten Seite von `{ $a }`.
evidence-link-not-the-brands = Die Nachricht spricht für `{ $a }`, aber kein Link führt dorthin.
evidence-link-form = In der Nachricht ist ein Formular. Was jemand dort einträgt, würde weggeschickt.
evidence-link-password-field = In der Nachricht selbst ist ein Feld für ein Passwort.
evidence-link-many = Es sind sehr viele Links. Wir haben uns die ersten angesehen.

# Verstecktes
evidence-hidden-zero-width = In einigen Wörtern stecken Zeichen, die niemand sehen kann. So kommt eine Nachricht an Filtern vorbei.
evidence-hidden-mixed-letters = In einigen Wörtern stehen Buchstaben, die nur richtig aussehen.
evidence-hidden-fancy-letters = Der Betreff nutzt ungewöhnliche Buchstaben. So kommt eine Nachricht leichter an Filtern vorbei.
evidence-hidden-text = In der Nachricht steht Text, den Sie nicht sehen können. Das kommt auch in Newslettern vor.
evidence-hidden-much-text = Der größte Teil des Textes in dieser Nachricht ist für das Auge verborgen.
evidence-hidden-zero-font = Ein Teil des Textes ist so klein, dass ihn niemand sehen kann.
evidence-hidden-image-only = Die Nachricht ist ein Bild mit einem Link und hat kaum ein Wort Text.
evidence-hidden-script = In der Nachricht steckt ein kleines Programm. Mailprogramme führen es nicht aus.
evidence-hidden-smuggling = Beim Öffnen würde die Nachricht auf Ihrem Computer eine Datei anlegen.
evidence-hidden-refresh = Die Nachricht würde von selbst zu einer anderen Seite springen.

# Worum gebeten wird
evidence-ask-credentials = Die Nachricht bittet Sie, ein Konto oder geheime Daten zu bestätigen oder zu erneuern: `{ $a }`.
evidence-ask-threat = Die Nachricht sagt, dass Sie etwas verlieren werden: `{ $a }`.
evidence-ask-signin = Die Nachricht meldet eine ungewöhnliche Anmeldung: `{ $a }`.
evidence-ask-prize = Die Nachricht verspricht einen Gewinn oder ein Geschenk: `{ $a }`.
evidence-ask-crypto = Die Nachricht möchte, dass Sie etwas mit digitalen Münzen tun: `{ $a }`.
evidence-ask-parcel = Die Nachricht sagt, dass ein Paket aufgehalten wird: `{ $a }`.
evidence-ask-mailbox = Die Nachricht sagt, dass mit Ihrem Postfach oder Speicher etwas nicht stimmt: `{ $a }`.
evidence-ask-renewal = Die Nachricht sagt, dass etwas, für das Sie zahlen, abgelaufen ist oder abgebucht wird: `{ $a }`.
evidence-ask-advance-fee = Die Nachricht erzählt von viel Geld, das auf Sie wartet.
evidence-ask-blackmail = Die Nachricht droht, Privates zu zeigen. Solche Nachrichten gehen an Tausende Menschen. Sie sind ein Bluff.
evidence-ask-bank-change = Die Nachricht nennt eine neue Bankverbindung: `{ $a }`. Bitte fragen Sie unter einer Nummer nach, die Sie schon kennen.
evidence-ask-gift-cards = Die Nachricht bittet um Geschenkkarten: `{ $a }`. Kein Amt und keine Leitung zahlt auf diesem Weg.
evidence-ask-call = Die Nachricht möchte, dass Sie wegen einer Abbuchung anrufen: `{ $a }`.
evidence-ask-secrecy = Die Nachricht bittet Sie, darüber zu schweigen oder nicht zu telefonieren: `{ $a }`.
evidence-ask-errand = Die Nachricht bittet um einen schnellen Gefallen oder eine schnelle Zahlung: `{ $a }`.
evidence-ask-urgency = Die Nachricht drängt Sie zur Eile: `{ $a }`.
evidence-ask-greeting = Die Nachricht spricht Sie nicht mit Ihrem Namen an: `{ $a }`.
evidence-ask-bait = Die Nachricht bietet etwas an, das oft als Köder dient: `{ $a }`.
evidence-ask-paper = Es geht um ein Dokument oder eine Zahlung, und Sie sollen etwas tun: `{ $a }`.
evidence-ask-refund = Die Nachricht sagt, dass Ihnen Geld zusteht: `{ $a }`.
evidence-content-brand-subject = Die Nachricht bittet im Namen von `{ $a }` um etwas, aber nichts darin führt dorthin.
evidence-content-brand-text = Die Nachricht spricht von `{ $a }` und bittet um etwas, aber nichts darin führt dorthin.

# Aufbau
evidence-made-no-date = Die Nachricht hat kein lesbares Datum.
evidence-made-no-id = Der Nachricht fehlt ein Zeichen, das Mailprogramme sonst setzen.
evidence-made-false-reply = Die Nachricht sieht aus wie eine Antwort, antwortet aber auf nichts.
evidence-made-raw-letters = Der Betreff oder der Absender ist nicht so geschrieben, wie es in einer E-Mail sein soll.
evidence-made-number-tag = Im Betreff steht eine Nummer, die zufällig aussieht.
evidence-made-conversation = Die Nachricht gehört zu einem Gespräch.
evidence-made-list = Die Nachricht kam über eine Mailingliste: `{ $a }`.
evidence-made-limits = Die Nachricht ist sehr groß oder ungewöhnlich gebaut. Wir haben einen Teil davon gelesen.
evidence-made-unreadable = Wir konnten das nicht als E-Mail lesen.
evidence-made-encrypted = Sie ist verschlüsselt. Was darin steht, konnten wir nicht lesen.
evidence-made-damaged = Das sieht nach einer Outlook-Datei aus, und sie ist beschädigt. Wir konnten nichts darin lesen.
evidence-made-plain = Wir haben die ganze Nachricht gelesen.
evidence-made-no-headers = Die Nachricht ist als Text weitergeleitet worden. Darum fehlen technische Angaben aus ihrem Kopf.
evidence-made-several = Es war mehr als eine Nachricht angehängt. Wir haben bis zu fünf davon gelesen. Hier steht die, die uns am meisten Sorge macht.

# Übungen
evidence-drill-ours = Das ist eine unserer eigenen Übungen.
evidence-drill-link = Das ist eine unserer eigenen Übungen.

# Anhänge
evidence-attachment-program = Die Datei `{ $a }` ist ein Programm. Wird sie geöffnet, kann sie auf dem Computer alles tun.
evidence-attachment-script = Die Datei `{ $a }` ist ein Skript: Ein Doppelklick würde sie wie ein Programm starten.
evidence-attachment-shortcut = Die Datei `{ $a }` ist eine Verknüpfung. Beim Öffnen kann sie etwas anderes starten.
evidence-attachment-web-shortcut = Die Datei `{ $a }` ist eine Verknüpfung zu einer Webseite.
evidence-attachment-disk-image = Die Datei `{ $a }` ist das Abbild eines Laufwerks. So etwas wird selten verschickt, und darin können Programme versteckt sein.
evidence-attachment-help-file = Die Datei `{ $a }` ist eine alte Art von Hilfedatei, die Programme starten kann.
evidence-attachment-onenote = Die Datei `{ $a }` ist ein OneNote-Notizbuch. Darin kann sich hinter einem Bild zum Anklicken ein Programm verstecken.
evidence-attachment-remote-desktop = Die Datei `{ $a }` würde den Computer mit einem fremden Gerät verbinden.
evidence-attachment-data-query = Die Datei `{ $a }` würde Excel dazu bringen, etwas von außen zu holen oder zu starten.
evidence-attachment-macro = In dem Dokument `{ $a }` stecken kleine Programme (Makros).
evidence-attachment-macro-autorun = In dem Dokument `{ $a }` steckt ein kleines Programm, das beim Öffnen von selbst startet.
evidence-attachment-excel4-macro = In der Arbeitsmappe `{ $a }` steckt eine alte Art von kleinem Programm (Makro).
evidence-attachment-remote-template = Das Dokument `{ $a }` würde beim Öffnen weitere Inhalte von anderswo holen.
evidence-attachment-field-command = Das Dokument `{ $a }` würde beim Öffnen ein anderes Programm starten.
evidence-attachment-embedded-object = In dem Dokument `{ $a }` steckt noch eine andere Datei.
evidence-attachment-equation-object = In dem Dokument `{ $a }` steckt ein Teil, der von Angriffen auf alte Office-Versionen bekannt ist.
evidence-attachment-double-extension = Der Name `{ $a }` gibt eine Art von Datei vor, aber die echte Endung sagt etwas anderes.
evidence-attachment-name-reversed = Im Namen der Datei `{ $a }` steckt ein unsichtbares Zeichen. Es verbirgt, was für eine Datei das ist.
evidence-attachment-name-padded = Im Namen `{ $a }` ist eine lange Lücke. Sie schiebt die echte Endung aus dem Blick.
evidence-attachment-name-disguised = Im Namen der Datei `{ $a }` stecken unsichtbare Zeichen. So erkennen Filter den Namen nicht.
evidence-attachment-type-differs = Die Datei `{ $a }` ist von anderer Art, als ihr Name sagt.
evidence-attachment-encrypted = Die Datei `{ $a }` ist mit einem Passwort verschlossen. So kann unterwegs niemand prüfen, was darin ist.
evidence-archive-encrypted = Die gepackte Datei `{ $a }` ist mit einem Passwort verschlossen. So kann unterwegs niemand prüfen, was darin ist.
evidence-archive-bomb = Die gepackte Datei `{ $a }` würde beim Auspacken viel zu groß. Wir haben sie nicht ausgepackt.
evidence-archive-nested = In der Datei `{ $a }` stecken gepackte Dateien in gepackten Dateien. So lässt sich etwas verstecken.
evidence-archive-unlisted = Wir konnten nicht in die gepackte Datei `{ $a }` hineinsehen.
evidence-attachment-not-read = In `{ $a }` war mehr, als wir gelesen haben.
evidence-attachment-outlook-item = `{ $a }` ist eine Nachricht aus Outlook.
evidence-html-attachment = Die Datei `{ $a }` ist eine Webseite als Datei. Sie sieht aus wie eine Seite im Netz, kommt aber vom Absender.
evidence-html-attachment-form = Die Webseite `{ $a }` möchte, dass man ein Formular ausfüllt, und würde die Antworten wegschicken.
evidence-html-attachment-password = Die Webseite `{ $a }` fragt nach einem Passwort. Bitte geben Sie dort keines ein.
evidence-html-attachment-redirect = Die Webseite `{ $a }` würde von selbst zu einer anderen Seite weiterführen.
evidence-html-attachment-script = In der Webseite `{ $a }` steckt ein Skript.
evidence-html-smuggling = Die Webseite `{ $a }` würde von selbst eine Datei auf dem Computer anlegen, an jeder Prüfung vorbei.
evidence-html-obfuscated = Die Webseite `{ $a }` verbirgt, was sie tut.
evidence-svg-script = In dem Bild `{ $a }` steckt ein Skript. Kein ehrliches Bild braucht so etwas.
evidence-pdf-script = In dem PDF `{ $a }` steckt ein Skript.
evidence-pdf-launch = Das PDF `{ $a }` versucht, ein anderes Programm zu starten.
evidence-pdf-opens-link = Das PDF `{ $a }` würde von selbst eine Webseite öffnen.
evidence-pdf-embedded-file = In dem PDF `{ $a }` steckt noch eine andere Datei.
evidence-pdf-form-submits = Das PDF `{ $a }` würde an eine Webseite schicken, was man darin einträgt.
evidence-pdf-mostly-link = In dem PDF `{ $a }` steht kaum mehr als ein Link zum Anklicken.
evidence-pdf-encrypted = Das PDF `{ $a }` ist verschlossen, darum konnten wir nicht hineinsehen.
evidence-pdf-bomb = Das PDF `{ $a }` würde beim Auspacken viel zu groß. Wir haben nicht weitergelesen.
evidence-link-in-qr = Das Bild `{ $b }` enthält einen QR-Code, der zu { $a } führt. Ein Telefon würde das ohne Prüfung öffnen.
evidence-qr-payment = Das Bild `{ $a }` enthält einen QR-Code für eine Zahlung.
evidence-qr-other = Das Bild `{ $a }` enthält einen QR-Code.
evidence-image-too-large = Das Bild `{ $a }` ist viel größer als nötig, darum haben wir nicht hineingesehen.
evidence-calendar-link = In der Einladung `{ $a }` ist ein Link. Solche Einladungen können ungefragt im Kalender landen.
evidence-calendar-invite = `{ $a }` ist eine Einladung für den Kalender.
