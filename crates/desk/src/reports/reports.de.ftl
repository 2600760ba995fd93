choose-title = Was möchten Sie uns sagen?
choose-lead = Wählen Sie, was am besten passt. Sie müssen nicht sicher sein.
kind-message = Eine Nachricht sieht seltsam aus
kind-message-hint = Eine E-Mail, eine SMS, ein Anruf, bei dem etwas nicht stimmt
kind-happened = Ich habe etwas getan, bei dem ich unsicher bin
kind-happened-hint = Angeklickt, geöffnet, geantwortet, ein Passwort eingegeben, jemanden auf den Computer gelassen oder bezahlt. Das passiert vielen. Am meisten hilft es, uns früh Bescheid zu sagen
kind-device = Ich habe ein Gerät verloren
kind-device-hint = Ein Telefon, einen Laptop, einen Ausweis, einen USB-Stick
kind-feeling = Etwas fühlt sich falsch an
kind-feeling-hint = Sie können nicht sagen, was es ist, aber es lässt Sie nicht los
kind-friction = Eine Regel steht mir im Weg
kind-friction-hint = Eine Vorgabe, die Ihre Arbeit aufhält
form-empty = Es gibt noch nichts zu senden. Ein paar Worte genügen.
form-message-file = Ein Bildschirmfoto oder die Nachricht als Datei (.eml oder .msg)
form-message-drop = Hier ablegen oder eine Datei wählen
form-paste = Oder die Nachricht hier einfügen
form-words = In eigenen Worten (wenn Sie mögen)
form-words-happened = In eigenen Worten. Ein paar genügen
form-words-device = Was war es, und wo hatten Sie es zuletzt?
form-words-feeling = Was fühlt sich falsch an?
form-words-friction = Um welche Regel geht es, und was können Sie deshalb nicht tun?
form-told = Was ist damit passiert? (Wählen Sie alles, was passt)
form-happened-title = Was ist passiert?
form-happened-told = Was davon trifft zu? (alles, was passt)
form-more = Ihre E-Mail-Adresse, damit wir Ihnen schreiben können
form-anonymous = Sie können beides leer lassen. Dann finden Sie die Antwort nur auf Ihrer eigenen Seite.
form-who = Ihr Name und Ihre Adresse, damit wir wissen, wer uns schreibt
form-page-only = Sie können beides leer lassen. Ihre Antwort steht auf Ihrer eigenen Seite: Den Link dazu bekommen Sie beim Absenden.
form-address = Ihre E-Mail-Adresse
form-name = Ihr Name
form-send = Senden
form-kept = Was Sie geschrieben haben, steht noch da.
form-files-again = Bitte wählen Sie Ihre Dateien noch einmal aus.
form-too-long = Das ist mehr Text, als wir auf einmal annehmen können. Bitte schicken Sie zuerst einen Teil davon, oder fügen Sie ihn als Datei hinzu.
form-safe = Sie bekommen keinen Ärger dafür, dass Sie uns Bescheid sagen.
form-urgent = Wenn es eilt, rufen Sie an:
told-looked = Ich habe es mir nur angesehen
told-clicked = Ich habe einen Link angeklickt
told-opened = Ich habe eine Datei geöffnet
told-replied = Ich habe geantwortet
told-password = Ich habe ein Passwort eingegeben
told-approved = Ich habe eine Anmeldung bestätigt, die ich nicht begonnen habe
told-remote = Ich habe jemanden auf meinen Computer oder mein Telefon gelassen
told-paid = Ich habe bezahlt oder Kartendaten angegeben
deed-paid = bezahlt oder Kartendaten angegeben
deed-remote = jemanden auf ein Gerät gelassen
deed-password = Passwort eingegeben
deed-approved = Anmeldung bestätigt
deed-opened = Datei geöffnet
deed-clicked = Link angeklickt
deed-replied = geantwortet
page-title = Ihre Meldung
page-keep-link = Bitte bewahren Sie den Link zu dieser Seite auf, zum Beispiel als Lesezeichen. Auf diesem Weg hören Sie von uns.
page-copy-link = Link kopieren
page-link-copied = Kopiert
page-private = Diese Seite ist privat. Wer den Link hat, kann sie lesen. Behalten Sie ihn bitte für sich.
stand-reading = Ihre Meldung ist da. Wir lesen sie gerade.
stand-waiting = Danke, dass Sie es uns gesagt haben. Ein Mensch sieht es sich an.
stand-wrote = Sie haben uns wieder geschrieben. Ein Mensch wird es lesen.
stand-working = Jemand aus unserem Team arbeitet mit Ihnen daran.
stand-answered = Ihre Meldung ist beantwortet.
page-next = Unsere nächste Nachricht an Sie kommt bis
page-away = Unser Team ist gerade nicht besetzt.
page-away-call = Wenn es nicht warten kann, rufen Sie jetzt an:
see-new = Nachsehen, ob es Neues gibt
quote-open = „
quote-close = “
page-late = Sie sollten bis { $by } von uns hören und haben nichts gehört. Das tut uns leid: Es liegt an uns, nicht an Ihnen. Ihre Meldung ist da, und das Team sieht, dass unsere Nachricht überfällig ist.
page-was-late = Sie sollten bis { $by } von uns hören und haben nichts gehört. Das tut uns leid: Es liegt an uns, nicht an Ihnen.
page-late-call = Einen Menschen erreichen Sie jetzt unter
page-late-write = Wenn es nicht warten kann, schreiben Sie uns unten: Dann liegt Ihre Meldung sofort wieder vor uns.
page-moved = Wir haben diesen Termin verschoben. Der Grund:
promise-sooner = Sie haben uns noch einmal geschrieben, deshalb hören Sie früher von uns.
page-what-we-see = Was wir bisher sehen
page-seen-at-first = Was ein Programm zuerst sah, bevor ein Mensch nachsah
page-sure = Wie sicher sind wir?
certainty-high = Wir sind ziemlich sicher, und ein Mensch prüft es noch.
certainty-middle = Wir sind noch nicht sicher. Ein Mensch prüft es.
certainty-low = Das ist nur ein erster Blick. Ein Mensch prüft es.
verdict-likely-harmful = Die Nachricht soll sehr wahrscheinlich Schaden anrichten
verdict-suspicious = Einiges passt nicht zusammen
verdict-looks-genuine = Sieht bisher echt aus
verdict-our-drill = Eine unserer Übungen, gut erkannt
verdict-cannot-tell = Ein Programm kann nicht sagen, was das ist
attack-credential-phishing = eine falsche Anmeldeseite
attack-payment = eine falsche Zahlung
attack-payroll = ein geändertes Gehaltskonto
attack-gift-cards = Geschenkkarten
attack-invoice = eine falsche Rechnung
attack-call-back = ein Rückruf
attack-malware = schädliche Software
attack-extortion = Erpressung
attack-advance-fee = Geld im Voraus
attack-job = ein falsches Jobangebot
attack-romance = vorgespielte Zuneigung
attack-parcel = eine falsche Paketmeldung
attack-prize = ein falscher Gewinn
attack-reconnaissance = Aushorchen, wer antwortet
attack-spam = unerwünschte Werbung
page-now = Was jetzt hilft
advice-paid = Rufen Sie Ihre Bank an: Lassen Sie die Zahlung stoppen und die Karte sperren, falls Sie deren Daten angegeben haben. Bei Geschenkkarten rufen Sie den Verkäufer an. Sagen Sie, dass es Betrug sein kann.
advice-password = Ändern Sie das Passwort jetzt auf einer Seite, die Sie selbst öffnen, und überall sonst, wo Sie es nutzen. Wählen Sie „Nein“ bei Anmeldungen, die nicht von Ihnen kommen.
advice-approved = Ändern Sie jetzt das Passwort dieses Kontos auf einer Seite, die Sie selbst öffnen: Wer die Anmeldung ausgelöst hat, kennt es vielleicht. Wählen Sie bei jeder weiteren Anfrage „Nein“.
advice-remote = Trennen Sie das Gerät vom Netz und lassen Sie es an: Dann kann niemand mehr von außen darauf. Ändern Sie die Passwörter, die Sie darauf nutzen, an einem anderen Gerät.
advice-happened = Falls Sie ein Passwort eingegeben haben, ändern Sie es. Falls Sie bezahlt haben, rufen Sie Ihre Bank an. Falls Sie eine Datei geöffnet oder jemanden auf Ihren Bildschirm gelassen haben, lassen Sie das Gerät an und trennen Sie es vom Netz. Sagen Sie uns unten, woran Sie sich erinnern.
advice-opened = Lassen Sie das Gerät an, trennen Sie es vom Netz und löschen Sie nichts.
advice-clicked = Schließen Sie die Seite. Falls Sie dort etwas eingegeben oder heruntergeladen haben, sagen Sie es uns unten.
advice-clicked-told = Schließen Sie die Seite.
advice-replied = Bitte schreiben Sie dem Absender nicht mehr. Sagen Sie uns unten, was in Ihrer Antwort stand.
advice-looked = Lassen Sie die Nachricht, wo sie ist, und ihre Links und Dateien ungeöffnet, bis Sie von uns hören.
advice-badge = Sagen Sie, wenn es geht, auch am Empfang oder bei der Ausweisstelle Bescheid: Dort lässt er sich oft sofort sperren. Sobald jemand von uns da ist, sehen wir nach, was sich von hier aus sperren lässt.
advice-device = Falls Sie darauf irgendwo angemeldet waren: Ändern Sie diese Passwörter an einem anderen Gerät. Sobald jemand von uns da ist, sehen wir nach, was sich von hier aus sperren lässt.
page-tasks = Worum wir Sie bitten
task-why = Warum
task-minutes = { $n ->
    [one] dauert etwa eine Minute
   *[other] dauert etwa { $n } Minuten
    }
task-done = Erledigt
task-undo = Doch noch nicht erledigt
task-help = Ich hätte gern Hilfe
task-helped = Sie haben um Hilfe gebeten. Wir kommen damit auf Sie zu.
page-told = Was Sie uns gesagt haben
page-told-change = Ändern
page-talk = Schreiben Sie uns
page-talk-label = Fragen Sie, was Sie möchten, oder ergänzen Sie, was Ihnen noch einfällt
page-talk-send = Senden
page-files = Dateien
page-file-label = Eine Datei oder ein Bildschirmfoto hinzufügen
page-file-send = Hinzufügen
page-story = Was bisher geschehen ist
page-before = Was vorher geschah
page-outcome = Wie es ausging
page-first-of = { $total } Menschen haben das gemeldet. Ihre Meldung war die erste.
page-one-of = { $total } Menschen haben das gemeldet. Sie gehören dazu.
page-letters = Was wir Ihnen geschrieben haben
who-you = Sie
who-desk = Unser Team
who-program = Unser Programm
entry-reported = haben es gemeldet
entry-read-likely-harmful = hat die Nachricht gelesen: soll sehr wahrscheinlich Schaden anrichten
entry-read-suspicious = hat die Nachricht gelesen: einiges passt nicht zusammen
entry-read-looks-genuine = hat die Nachricht gelesen: sieht bisher echt aus
entry-read-our-drill = hat die Nachricht gelesen: eine unserer Übungen
entry-read-cannot-tell = hat die Nachricht gelesen: ein Mensch muss sie sich ansehen
entry-read-original = hat die Nachricht gelesen, so wie sie zuerst ankam
entry-read-another = hat auch die Nachricht gelesen, die Sie ergänzt haben
entry-opened = hat die Meldung angenommen, ein Mensch sieht sie sich an
entry-said = haben geschrieben
entry-said-unconfirmed = hat eine Mail unter demselben Namen und derselben Adresse bekommen; niemand bestätigt, wer sie geschrieben hat, also folgt daraus noch nichts weiter
entry-said-at-door = hat Worte von der Seite bekommen, die das Formular gab; niemand bestätigt, wer sie getippt hat, also folgt daraus noch nichts weiter
entry-corrected = haben geändert, was geschehen ist
entry-corrected-none = haben gesagt, dass nichts davon geschehen ist
entry-file = haben eine Datei hinzugefügt
entry-files-left-out = hat zehn der Dateien aufgehoben; die anderen liegen in der E-Mail, die ganz aufgehoben ist
entry-said-nothing = haben auf unseren Brief geantwortet, und wir haben darüber keine Worte gefunden; die E-Mail ist ganz aufgehoben
entry-unread-message = konnte die ergänzte Nachricht nicht lesen; bitte öffnen Sie ihre Datei
ended-title = Noch ist nichts gesendet
ended-words = Dieser Link führt nirgendwohin mehr: Ein neuerer steht an seiner Stelle, oder das, wohin er führte, ist gelöscht. Es ist nichts gesendet. Hier steht, was Sie geschrieben haben: Bitte kopieren Sie es. Wenn Sie eine E-Mail von uns haben, öffnen Sie die Seite aus der neuesten und senden Sie es dort; sonst melden Sie es neu.
ended-typed = Was Sie geschrieben haben
ended-anew = Oder neu melden
entry-task = hat um etwas gebeten
entry-task-done = haben eine Aufgabe erledigt
entry-task-open = haben eine Aufgabe wieder geöffnet
entry-task-help = hätten gern Hilfe bei einer Aufgabe
entry-letter = hat geschrieben
entry-outcome = hat gesagt, wie es ausging
entry-outcome-earlier = das wurde später richtiggestellt, siehe den neueren Brief
entry-promise-moved = hat den Termin unserer nächsten Nachricht verschoben
entry-promise-soon = erinnert daran, dass eine Zusage bald fällig ist
entry-note = hat eine Notiz für das Team gemacht
entry-taken = hat den Fall übernommen
entry-given-back = hat den Fall zurückgegeben
entry-closed = hat den Fall abgeschlossen
entry-reopened = hat den Fall wieder geöffnet
entry-split = führt diese Meldung jetzt als eigenen Fall
entry-not-meant = sagt, dass die Nachricht über das Ende nicht für diese Person gemeint war
entry-split-away = führt diese Person jetzt in einem eigenen Fall
entry-merged = hat einen anderen Fall mit diesem zusammengelegt
entry-merged-away = hat alles in diesen Fall verschoben:
entry-new-link = hat einen neuen privaten Link geschickt
entry-vouched = hat bestätigt, dass diese Person ist, wer sie sagt
entry-unreached = konnte nicht mitteilen, wie es ausging: nichts erreicht diese Person
entry-premise = hat gesagt, wie gut die Nachricht zu den Menschen hier passt
entry-premise-back = ist zu unserer Schätzung zurückgekehrt, wie schwer das zu erkennen war
entry-first-word-held = hat keine weitere automatische Antwort geschrieben: Diese Adresse bekam in einer Stunde schon viele
entry-first-word-unsaid = hat keine erste Antwort geschrieben: Unsere eigene Prüfung hat Worte markiert. Bitte schreiben Sie dieser Person
entry-first-word-old = hat keine automatische Antwort geschrieben: Die Mail ist älter als zwei Tage
entry-first-word-sender = hat keine automatische Antwort geschrieben: Diese Nachricht kam direkt von ihrem eigenen Absender, und eine Antwort würde ihm sagen, was wir sehen. Hat sie ein Mensch geschrieben, der uns braucht, so erreichen Sie ihn bitte auf anderem Weg, etwa am Telefon
entry-first-word-quiet = hat keine automatische Antwort geschrieben: Die Mail bittet darum. Bitte schreiben Sie der Person selbst
entry-undelivered = konnte unseren Brief nicht zustellen: Der Mailserver nimmt ihn für diese Adresse nicht an
entry-tells-of-another = hat gehört, dass vielleicht jemand anderes geklickt, getippt oder bezahlt hat: fragen Sie, wer, und wer dort hilft
entry-answers-another = hat das als eigene Meldung aufgenommen: Sie antwortet auf unseren Brief an jemand anderen hier oder kommt von einer zweiten Adresse
entry-robot-reply = hat eine automatische Antwort bekommen
entry-notice-unconfirmed = hat einen Hinweis bekommen, dass eine E-Mail von uns an diese Person nicht zugestellt werden konnte. Er kam an eine Adresse, die auch andere kennen: Jeder kann ihn geschrieben haben, also folgt daraus noch nichts
outcome-harmful-stopped = Es war schädlich, und wir haben es gestoppt
outcome-harmful = Es war schädlich
outcome-genuine = Es war echt, und es war gut, dass Sie gefragt haben
outcome-drill = Es war eine unserer Übungen, gut erkannt
outcome-could-not-tell = Wir konnten es nicht sicher klären
outcome-settled = Es ist geklärt
outcome-harmful-stopped-letter = Guten Tag,

    so ging es aus: Die Nachricht sollte Schaden anrichten, und wir haben sie gestoppt. Danke, dass Sie es uns gesagt haben.
outcome-harmful-letter = Guten Tag,

    so ging es aus: Die Nachricht sollte Schaden anrichten. Danke, dass Sie es uns gesagt haben.
outcome-genuine-letter = Guten Tag,

    so ging es aus: Die Nachricht ist echt. Danke, dass Sie gefragt haben. Das war genau richtig.
outcome-drill-letter = Guten Tag,

    so ging es aus: Das war eine unserer Übungen. Danke für Ihre Meldung. Gut erkannt!
outcome-could-not-tell-letter = Guten Tag,

    so ging es aus: Wir haben genau hingesehen und konnten nicht sicher sagen, was es war. Danke, dass Sie es uns gesagt haben.
outcome-settled-letter = Guten Tag,

    so ging es aus: Das ist geklärt. Danke, dass Sie es uns gesagt haben.
outcome-harmful-stopped-letter-seen = Guten Tag,

    so ging es aus: Das sollte Schaden anrichten, und wir haben es gestoppt. Danke, dass Sie es uns gesagt haben.
outcome-harmful-letter-seen = Guten Tag,

    so ging es aus: Das sollte Schaden anrichten. Danke, dass Sie es uns gesagt haben.
outcome-genuine-letter-seen = Guten Tag,

    so ging es aus: Es steckt nichts Schädliches dahinter. Danke, dass Sie gefragt haben. Das war genau richtig.
outcome-drill-letter-seen = Guten Tag,

    so ging es aus: Das war eine unserer Übungen. Danke für Ihre Meldung. Gut erkannt!
outcome-harmful-stopped-letter-device = Guten Tag,

    so ging es aus: Jemand wollte mit dem Gerät Schaden anrichten, und wir haben es gestoppt. Danke, dass Sie es uns gesagt haben.
outcome-harmful-letter-device = Guten Tag,

    so ging es aus: Jemand wollte mit dem Gerät Schaden anrichten. Danke, dass Sie es uns gesagt haben.
outcome-could-not-tell-letter-device = Guten Tag,

    so ging es aus: Wir haben genau hingesehen und konnten nicht sicher klären, was mit dem Gerät geschehen ist. Danke, dass Sie es uns gesagt haben.
outcome-steps = Falls einer dieser Schritte noch offen ist, hilft er auch jetzt:
outcome-step-paid = Bitten Sie Ihre Bank, die Zahlung zu stoppen und die Karte zu sperren, falls Sie deren Daten angegeben haben. Bei Geschenkkarten bitten Sie den Verkäufer, die Codes zu sperren.
outcome-step-remote = Nehmen Sie das Gerät vom Netz, lassen Sie es eingeschaltet, und rufen Sie uns an.
outcome-step-approved = Lehnen Sie jede weitere Anmeldeanfrage ab, die nicht von Ihnen kommt. Wir melden das Konto überall ab. Ändern Sie das Passwort auf einer Seite, die Sie selbst öffnen.
outcome-step-password = Ändern Sie das Passwort auf einer Seite, die Sie selbst öffnen, und überall, wo Sie es sonst nutzen.
outcome-step-opened = Ist Ihr Gerät noch vom Netz getrennt, fragen Sie uns, bevor Sie es wieder verbinden.
outcome-step-clicked = Falls Sie auf der geöffneten Seite etwas eingegeben oder heruntergeladen haben, sagen Sie es uns.
outcome-step-replied = Lassen Sie weitere Nachrichten von dort unbeantwortet, und sagen Sie uns, was in Ihrer Antwort stand.
outcome-step-device = Falls Sie auf dem Gerät irgendwo angemeldet waren, ändern Sie diese Passwörter an einem anderen Gerät.
outcome-acted = Falls Sie geklickt, geantwortet, bezahlt oder etwas eingegeben haben, sagen Sie es uns auf Ihrer Seite, oder antworten Sie uns. Wir helfen Ihnen sofort.
outcome-nothing = Sie müssen nichts weiter tun.
outcome-asked = Worum wir Sie gebeten haben, steht weiter auf Ihrer Seite. Dort können Sie sagen, dass es erledigt ist oder dass Sie gern Hilfe hätten.
outcome-back = Falls etwas davon wiederkommt oder etwas unklar ist, antworten Sie auf diese E-Mail oder öffnen Sie Ihre Seite. Wir sehen dann noch einmal nach.
outcome-was-wrong = In unserem früheren Brief stand etwas anderes. Das war falsch, und es tut uns leid. Bitte richten Sie sich nach diesem.
outcome-more-known = Wir haben Ihnen dazu schon einmal geschrieben. Jetzt wissen wir mehr, und dieser Brief ersetzt den früheren.
credit-first = { $total } Menschen haben uns davon erzählt, und Ihre Meldung war die erste. Von Ihnen haben wir es zuerst erfahren.
credit-one-of = { $total } Menschen haben uns davon erzählt, und Sie gehören dazu. Jede Meldung hat uns gezeigt, wie weit es reicht.
credit-own = Danke auch, dass Sie uns gesagt haben, was bei Ihnen geschehen ist. Das hilft uns am meisten.
letter-hello = Guten Tag,
letter-hello-name = Guten Tag { $name },
letter-next = Bis { $by } hören Sie wieder von uns, auch wenn es nichts Neues gibt.
letter-page = Ihre eigene Seite mit allem, was bisher geschehen ist. Auch dort erreichen Sie uns:
letter-task = Guten Tag,

    danke, dass Sie uns helfen. Wir haben eine Bitte an Sie: { $ask }

    Der Grund: { $why }
letter-task-minutes = { $n ->
    [one] Das dauert etwa eine Minute.
   *[other] Das dauert etwa { $n } Minuten.
    }
letter-task-page = Auf Ihrer Seite können Sie sagen, dass es erledigt ist oder dass Sie gern Hilfe hätten. Wir prüfen es dann und machen weiter. Wenn etwas unklar ist, antworten Sie auf diese E-Mail.
letter-ending = { $name }
    Sicherheitsteam, { $organisation }
letter-moved = Guten Tag,

    danke für Ihre Geduld. Wir wollten uns früher bei Ihnen melden und brauchen noch etwas Zeit. Bis { $by } schreiben wir Ihnen.

    Der Grund: { $reason }
letter-moved-late = Guten Tag,

    Sie sollten bis { $was } von uns hören und haben nichts gehört. Das tut uns leid: Es liegt an uns, nicht an Ihnen. Wir brauchen mehr Zeit und schreiben Ihnen bis { $by }.

    Der Grund: { $reason }
letter-not-meant = Guten Tag,

    wir haben Ihnen geschrieben, wie etwas ausging. Das gehörte zu einer anderen Sache als Ihrer Meldung. Die Verwechslung tut uns leid. Ihre Meldung ist noch offen, und ein Mensch sieht sie sich jetzt an.
letter-new-link = Guten Tag,

    danke für Ihre Nachricht. Hier ist ein neuer privater Link zu Ihrer Seite. Der alte gilt nicht mehr. Was wir Ihnen geschrieben haben, gilt weiter und steht auf dieser Seite. Ist etwas davon unklar oder schwer zu machen, antworten Sie auf diese E-Mail. Wir helfen Ihnen dann weiter.
subject-steps = Danke: was jetzt hilft
subject-word = Zu Ihrer Meldung: { $about }
subject-word-day = Zu Ihrer Meldung vom { $day }
subject-moved = Sie hören etwas später von uns: { $about }
subject-moved-day = Sie hören etwas später von uns: Ihre Meldung vom { $day }
subject-late = Entschuldigung, dass Sie warten: { $about }
subject-late-day = Entschuldigung, dass Sie warten: Ihre Meldung vom { $day }
subject-outcome = Wie es ausging: { $about }
subject-outcome-day = Wie es ausging: Ihre Meldung vom { $day }
first-word-short = Guten Tag,

    danke für Ihre Meldung. Sie ist angekommen und sicher gespeichert.

    Wie es weitergeht: Wir schauen uns das an. Ein Mensch aus unserem Team schreibt Ihnen bis { $by }, auch wenn es bis dahin nichts Neues gibt.

    Ihre eigene Seite zeigt, wo wir stehen. Dort können Sie etwas ergänzen oder uns fragen:
    { "[[page]]" }

    Ihr Sicherheitsteam bei { $organisation }
entry-earlier-harmful = hat gefunden, dass ein Mensch hier eine solche Nachricht schon angesehen hat: Sie sollte Schaden anrichten. Ein Mensch bestätigt es für diese
entry-earlier-drill = hat gefunden, dass ein Mensch hier eine solche Nachricht schon angesehen hat: Sie war eine unserer eigenen Übungen. Ein Mensch bestätigt es für diese
entry-like-drill = hat gefunden, dass uns jemand anderes eine solche Nachricht ganz geschickt hat, und diese ist eine unserer eigenen Übungen. Ein Mensch sieht nach, ob es dieselbe ist
entry-address = haben eine andere Adresse angegeben
typed-title = Was über das Formular kam
typed-goes-on = Diese Seite geht dort weiter, wohin unser Brief führt: Jemand hat uns dort geantwortet. Was dort geschrieben wird, ist für diese Person und uns.
typed-what = Was über das Formular kam
typed-no-words = Es standen keine Worte darin.
typed-more = Wenn der Brief bei Ihnen ankam, öffnen Sie den Link darin: Dort steht alles. Wenn Sie uns das für jemand anderen gesagt haben: danke. Wir schreiben jetzt dieser Person.
typed-report = Etwas anderes melden
address-comes-back = Unsere Briefe an Sie kommen zurück:
address-another = Bitte bewahren Sie den Link zu dieser Seite auf, oder nennen Sie uns eine Adresse, die funktioniert.
address-label = Ihre Adresse
address-send = Dorthin schreiben
problem-odd-address = Das sieht nicht wie eine Adresse aus, an die wir schreiben können. Sie hat eine Form wie kim@example.org.
subject-address = Ihre Meldung, an Ihre neue Adresse
letter-address = Guten Tag,

    danke für Ihre neue Adresse. Unsere Briefe kommen ab jetzt hierher.

    { $next }

    Ihre eigene Seite zeigt, wo wir stehen. Dort können Sie etwas ergänzen oder uns fragen:
    { $link }

    Wenn dieser Brief nicht für Sie ist, antworten Sie bitte darauf und sagen Sie es uns.

    Ihr Sicherheitsteam bei { $organisation }
letter-address-next = Wie es weitergeht: Wir schauen uns das an. Ein Mensch aus unserem Team schreibt Ihnen bis { $by }, auch wenn es bis dahin nichts Neues gibt.
letter-address-done = Was Sie uns gesagt haben, ist bei uns jetzt abgeschlossen. Wie es ausging, steht auf Ihrer Seite.
