# Wörter, die jede Seite nutzen kann.
skip = Zum Inhalt
language = Sprache
language-other = English
language-other-tag = en
sign-in = Anmelden
sign-out = Abmelden
report-something = Etwas melden
said-received = Danke, es ist angekommen und sicher gespeichert.
said-said = Danke, Ihre Nachricht ist da.
said-corrected = Danke, wir haben es geändert.
said-file = Danke, die Datei ist da.
said-saved = Gespeichert.
said-password = Gespeichert. Ihre anderen Sitzungen sind beendet.
said-sent = Verschickt. Die Person weiß jetzt, wann sie wieder von uns hört.
said-sent-last = Verschickt. Die Person weiß, dass nichts weiter nötig ist.
said-asked = Gefragt. Es steht auf der Seite der Person, und wo wir schreiben dürfen, geht eine E-Mail hinaus.
said-vouched = Gespeichert. Ab jetzt gehen E-Mails an diese Person, und wir schulden ihr eine Nachricht.
said-draft-kept = Ihr Entwurf bleibt erhalten.
said-outcome-told = Mitgeteilt. Alle, die wir erreichen können, wissen jetzt, wie es ausging.
said-closed = Abgeschlossen. In diesem Fall blieb niemand ohne Antwort.
said-closed-unreached = Abgeschlossen. Jemand in diesem Fall weiß nicht, wie es ausging: Nichts von uns erreicht diese Person.
said-promise-moved = Verschoben. Die Person kennt den Grund.
said-premise = Gespeichert. Es zählt jetzt dabei mit, wie schwer das zu erkennen war.
said-premise-back = Jetzt zählt wieder unsere Schätzung.
said-link-renewed = Ein neuer privater Link ist unterwegs. Der alte gilt nicht mehr.
spotting-least = am leichtesten zu erkennen
spotting-moderately-to-least = eher leicht zu erkennen
spotting-moderately = braucht einen genauen Blick
spotting-very = sehr schwer zu erkennen
home-title = Etwas kommt Ihnen seltsam vor? Sagen Sie es uns.
home-lead = Eine merkwürdige Nachricht, ein verlorenes Telefon, ein Klick, bei dem Sie unsicher sind, eine Regel, die Ihre Arbeit aufhält. Eine Meldung dauert nur Sekunden, und Sie brauchen dafür kein Konto. Sie bekommen deswegen keinen Ärger.
home-mail = Sie können eine Nachricht auch weiterleiten an
home-what-title = Was dann passiert
home-what-1 = Sie bekommen sofort eine Antwort: was wir bisher sehen und was jetzt hilft.
home-what-2 = Ein Mensch sieht es sich an und schreibt Ihnen. Bis wann, sagen wir Ihnen gleich.
home-what-3 = Sie erfahren, wie es ausging und was Ihre Meldung bewirkt hat.
home-check = Einen Text vor dem Senden prüfen
home-check-lead = Für alle, die anderen über Sicherheit schreiben: Sie sehen, was nach Vorwurf, Drohung oder Fachsprache klingt.
check-title = Prüfen Sie Ihren Text
check-lead = Fügen Sie eine E-Mail, eine Warnung oder eine Regel ein. Sie sehen, was nach Vorwurf oder Drohung klingt, was verwirrt und wo ein nächster Schritt fehlt. Wir speichern nichts davon.
check-label = Ihr Text
check-button = Prüfen
check-clean = Uns ist nichts aufgefallen. Der Text liest sich freundlich und klar.
check-found = Was uns aufgefallen ist
check-instead = Sie könnten schreiben
signin-title = Anmelden
signin-lead = Für die Menschen, die Meldungen bearbeiten. Zum Melden brauchen Sie kein Konto.
signin-address = E-Mail-Adresse
signin-password = Passwort
setup-title = Richten Sie Ihr Konto ein
setup-lead = Dieser Link gilt nur einmal. Danach können Sie sich anmelden.
setup-name = Ihr Name, so wie er unter Ihren Antworten steht
setup-password-hint = Mindestens 12 Zeichen. Drei oder vier Wörter hintereinander eignen sich gut.
setup-button = Einrichten und anmelden
reset-title = Neues Passwort setzen
reset-lead = Dieser Link gilt nur einmal. Ihre Sitzungen enden auf allen Geräten.
reset-button = Speichern und anmelden
survey-title = Drei kurze Fragen
survey-lead = Ihre Antworten gehen mit vielen anderen in eine Zahl ein. Ihr Name steht nicht dabei, und niemand sieht die Antworten einzeln.
survey-respected = Ich wurde mit Respekt behandelt.
survey-know = Ich weiß, was jetzt zu tun ist.
survey-again = Ich würde wieder etwas melden.
survey-words = Möchten Sie etwas ergänzen? (kann leer bleiben)
survey-yes = ja
survey-no = nein
survey-button = Antworten senden
survey-done-title = Danke
survey-done = Ihre Antworten helfen uns, besser mit Menschen umzugehen.
problem-start = Zur Startseite
problem-back = Zurück
problem-nothing-here = Hier ist nichts
problem-nothing-here-words = Der Link ist vielleicht alt, oder ein Teil fehlt. Stand er in einer E-Mail von uns, antworten Sie darauf. Dann schicken wir Ihnen einen neuen.
problem-address = Ein Teil der Adresse fehlt oder hat sich unterwegs verändert. Stand sie in einer E-Mail von uns, öffnen Sie sie bitte noch einmal von dort.
problem-other-way = Diese Seite öffnet sich von einer anderen aus. Bitte beginnen Sie dort noch einmal.
problem-sign-in = Bitte melden Sie sich an
problem-sign-in-words = Diese Seite ist für die Menschen, die Meldungen bearbeiten.
problem-other-role = Diese Seite ist für eine andere Rolle
problem-other-role-words = Fragen Sie einen Admin, wenn Sie sie für Ihre Arbeit brauchen.
problem-missing = Etwas fehlt noch
problem-moment = Einen Moment, bitte
problem-moment-words = Aus Ihrem Netz kamen gerade viele Anfragen. Bitte versuchen Sie es in { $seconds } Sekunden noch einmal. Was Sie schon geschickt haben, ist da.
problem-large = Diese Datei ist größer, als wir annehmen können
problem-large-words = Ein Bildschirmfoto oder die Nachricht ohne ihre Anhänge hilft genauso.
problem-ours = Das hat nicht geklappt, und es liegt an uns
problem-ours-words = Sie haben nichts falsch gemacht. Bitte versuchen Sie es in einer Minute noch einmal. Wenn es eilt, rufen Sie das Sicherheitsteam an.
problem-form = Ein Teil des Formulars ist nicht angekommen. Bitte gehen Sie zurück und schicken Sie es noch einmal.
problem-other-site = Dieses Formular kam von einer anderen Website. Bitte öffnen Sie unsere Seite und schicken Sie es von dort.
problem-no-words = Bitte schreiben Sie zuerst ein paar Worte.
problem-no-file = Die Datei ist nicht angekommen. Bitte wählen Sie sie noch einmal aus.
problem-ten-files = Mehr als zehn Dateien auf einmal nehmen wir nicht an. Weitere können Sie danach auf Ihrer Seite hinzufügen.
problem-thirty-files = Hier sind schon dreißig Dateien. Bitte schreiben Sie uns unten, wenn noch mehr helfen würde.
problem-still-reading = Wir lesen noch, was Sie geschickt haben. Bitte versuchen Sie es in ein paar Sekunden noch einmal.
survey-too-long = Die Seite war lange offen. Bitte öffnen Sie den Link in unserer E-Mail noch einmal.
survey-too-quick = Das ging sehr schnell. Bitte nehmen Sie sich einen Moment für die drei Fragen und schicken Sie sie noch einmal.
survey-choose = Bitte wählen Sie bei jeder der drei Fragen eine Antwort.
survey-answered = Diese Fragen sind schon beantwortet. Danke!
invitation-subject = Drei kurze Fragen, wenn Sie eine Minute haben
invitation-letter = Guten Tag,

    noch einmal danke für Ihre Meldung. Die Sache ist jetzt geklärt.

    Wie war es für Sie? Drei kurze Fragen, eine Minute, ohne Namen:
    { $link }

    Der Link gilt 30 Tage. Sie müssen nicht antworten, und wir fragen nicht noch einmal nach.

    Ihr Sicherheitsteam bei { $organisation }
