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
invitation-subject = Drei kurze Fragen, wenn Sie eine Minute haben
invitation-letter = Guten Tag,

    noch einmal danke für Ihre Meldung. Die Sache ist jetzt geklärt.

    Wie war es für Sie? Drei kurze Fragen, eine Minute, ohne Namen:
    { $link }

    Der Link gilt 30 Tage. Sie müssen nicht antworten, und wir fragen nicht noch einmal nach.

    Ihr Sicherheitsteam bei { $organisation }
