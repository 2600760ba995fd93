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
said-sent = Verschickt. Der Mensch weiß, wann er wieder von uns hört.
said-draft-kept = Ihr Entwurf bleibt erhalten.
said-outcome-told = Alle in diesem Fall wissen, wie es ausging.
said-closed = Geschlossen. In diesem Fall blieb niemand ohne Antwort.
said-promise-moved = Verschoben, und der Mensch weiß, warum.
said-link-renewed = Ein neuer privater Link ist unterwegs; der alte gilt nicht mehr.
home-title = Etwas kommt Ihnen seltsam vor? Sagen Sie es uns.
home-lead = Eine merkwürdige Nachricht, ein verlorenes Telefon, ein Klick, bei dem Sie unsicher sind, eine Regel, die Ihre Arbeit aufhält. Das Melden dauert Sekunden und braucht kein Konto. Sie bekommen deswegen keinen Ärger.
home-mail = Sie können eine Nachricht auch weiterleiten an
home-what-title = Was dann geschieht
home-what-1 = Sie bekommen sofort eine Antwort: was wir bisher sehen und was jetzt hilft.
home-what-2 = Ein Mensch schaut es an und schreibt Ihnen bis zu einer Zeit, die wir nennen.
home-what-3 = Sie hören, wie es ausging und was Ihre Meldung bewirkt hat.
home-check = Die Worte eines Briefs prüfen
home-check-lead = Für alle, die anderen über Sicherheit schreiben: sehen, was nach Schuld, Drohung oder Fachsprache klingt.
check-title = Prüfen Sie Ihre Worte
check-lead = Fügen Sie einen Brief, eine Warnung oder eine Regel ein. Sie sehen, was beschuldigt, droht, verwirrt oder keinen nächsten Schritt nennt. Nichts wird gespeichert.
check-label = Ihr Text
check-button = Prüfen
check-clean = Nichts zu erwähnen. Das liest sich freundlich und klar.
check-found = Was uns auffiel
check-instead = Sie könnten schreiben
signin-title = Anmelden
signin-lead = Für die Menschen, die Meldungen bearbeiten. Zum Melden brauchen Sie kein Konto.
signin-address = E-Mail-Adresse
signin-password = Passwort
setup-title = Richten Sie Ihr Konto ein
setup-lead = Dieser Link gilt einmal. Danach können Sie sich anmelden.
setup-name = Ihr Name, wie ihn Briefe tragen
setup-password-hint = Mindestens 12 Zeichen. Drei oder vier Wörter hintereinander gehen gut.
setup-button = Einrichten und anmelden
survey-title = Drei kurze Fragen
survey-lead = Ihre Antworten gehen mit vielen anderen in eine Zahl ein. Sie tragen keinen Namen, und niemand sieht sie einzeln.
survey-respected = Ich wurde mit Respekt behandelt.
survey-know = Ich weiß, was ich jetzt tun kann.
survey-again = Ich würde wieder melden.
survey-words = Möchten Sie etwas ergänzen? (kann leer bleiben)
survey-yes = ja
survey-no = nein
survey-button = Antworten senden
survey-done-title = Danke
survey-done = Ihre Antworten helfen uns, besser mit Menschen umzugehen.
invitation-subject = Drei kurze Fragen, wenn Sie eine Minute haben
invitation-letter = Guten Tag,

    noch einmal danke für Ihre Meldung. Ihr Fall ist jetzt geschlossen.

    Wie war es für Sie? Drei kurze Fragen, eine Minute, ohne Namen:
    { $link }

    Der Link gilt 30 Tage. Sie müssen nicht antworten, und wir erinnern Sie nicht.

    Ihre Sicherheitsstelle bei { $organisation }
