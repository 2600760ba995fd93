//! Synthetic modern ham: invented, honest mail of the kinds that protections trip over, in six languages, with the
//! headers that receiving servers write today. No real message was copied; it stands in for a collection that does
//! not exist in public, and figures measured on it say nothing about real mail.

/// One invented honest message.
pub struct Synthetic {
    pub name: String,
    pub raw: Vec<u8>,
}

/// Who honestly sends it: name, address, and the site its links lead to.
const SENDERS: [(&str, &str, &str, &str); 12] = [
    (
        "newsletter",
        "Gartenhaus Lindner",
        "news@mail.gartenhaus-lindner.de",
        "https://click.gartenhaus-lindner.de",
    ),
    ("newsletter", "Blue Finch Books", "hello@bluefinchbooks.com", "https://bluefinchbooks.com"),
    ("reset", "GitHub", "noreply@github.com", "https://github.com"),
    ("reset", "Harbour CRM", "no-reply@harbourcrm.io", "https://app.harbourcrm.io"),
    ("signin", "Google", "no-reply@accounts.google.com", "https://accounts.google.com"),
    (
        "signin",
        "Microsoft account team",
        "account-security-noreply@accountprotection.microsoft.com",
        "https://account.live.com",
    ),
    ("invoice", "Bürobedarf Sommer", "rechnung@buero-sommer.de", "https://kunden.buero-sommer.de"),
    ("invoice", "Stripe receipts for Oakline", "receipts@oakline.co", "https://pay.oakline.co"),
    ("parcel", "DHL Paket", "noreply@dhl.de", "https://www.dhl.de"),
    ("helpdesk", "IT Helpdesk", "helpdesk@example.org", "https://help.example.org"),
    ("invite", "Maria Keller", "maria.keller@partner-werke.de", "https://meet.partner-werke.de"),
    ("colleague", "Jon Vries", "jon.vries@example.org", "https://wiki.example.org"),
];

/// Kind, language, subject, text.
const TEXTS: [(&str, &str, &str, &str); 48] = [
    (
        "newsletter",
        "en",
        "Our spring catalogue is here",
        "Dear customer, our spring catalogue is here. Save 20 % on all garden chairs until Sunday. You receive this because you signed up on our site. Unsubscribe at any time or update your account preferences.",
    ),
    (
        "newsletter",
        "de",
        "Unser Frühlingskatalog ist da",
        "Liebe Kundin, lieber Kunde, unser Frühlingskatalog ist da. Sichern Sie sich 20 % auf alle Gartenstühle, nur bis Sonntag. Sie erhalten diese E-Mail, weil Sie sich angemeldet haben. Abmelden ist jederzeit möglich.",
    ),
    (
        "newsletter",
        "fr",
        "Notre catalogue de printemps",
        "Chère cliente, cher client, découvrez notre catalogue de printemps : 20 % sur toutes les chaises jusqu'à dimanche. Pour ne plus recevoir nos messages, désabonnez-vous ici.",
    ),
    (
        "newsletter",
        "es",
        "Nuestro catálogo de primavera",
        "Estimado cliente, ya está aquí nuestro catálogo de primavera con un 20 % en todas las sillas hasta el domingo. Puede darse de baja cuando quiera.",
    ),
    (
        "newsletter",
        "pt",
        "O nosso catálogo de primavera",
        "Caro cliente, chegou o nosso catálogo de primavera com 20 % em todas as cadeiras até domingo. Pode cancelar a subscrição a qualquer momento.",
    ),
    (
        "newsletter",
        "nl",
        "Onze voorjaarscatalogus is er",
        "Beste klant, onze voorjaarscatalogus is er. 20 % korting op alle tuinstoelen tot en met zondag. U kunt zich altijd afmelden.",
    ),
    (
        "reset",
        "en",
        "Please reset your password",
        "We heard that you lost your password. Sorry about that! Use the following link within 24 hours to reset your password. If you did not request this, you can safely ignore this email.",
    ),
    (
        "reset",
        "de",
        "Setzen Sie Ihr Passwort zurück",
        "Sie haben angefordert, Ihr Passwort zurückzusetzen. Nutzen Sie dazu den folgenden Link innerhalb von 24 Stunden. Wenn Sie das nicht waren, ignorieren Sie diese Nachricht.",
    ),
    (
        "reset",
        "fr",
        "Réinitialisez votre mot de passe",
        "Vous avez demandé à réinitialiser votre mot de passe. Utilisez le lien suivant sous 24 heures. Si vous n'êtes pas à l'origine de cette demande, vous pouvez ignorer ce message.",
    ),
    (
        "reset",
        "es",
        "Restablezca su contraseña",
        "Hemos recibido una solicitud para restablecer su contraseña. Use el siguiente enlace en 24 horas. Si no fue usted, puede ignorar este mensaje.",
    ),
    (
        "reset",
        "pt",
        "Redefina a sua senha",
        "Recebemos um pedido para redefinir a sua senha. Use a ligação em 24 horas. Se não foi você, pode ignorar esta mensagem.",
    ),
    (
        "reset",
        "nl",
        "Stel je wachtwoord opnieuw in",
        "Je hebt gevraagd om je wachtwoord opnieuw in te stellen. Gebruik de link binnen 24 uur. Was jij dit niet, dan kun je deze mail negeren.",
    ),
    (
        "signin",
        "en",
        "Security alert",
        "New sign-in from Firefox on Linux. We noticed a new sign-in to your account. If this was you, you do not need to do anything. If not, we will help you secure your account. Check activity.",
    ),
    (
        "signin",
        "de",
        "Sicherheitswarnung",
        "Neue Anmeldung über Firefox unter Linux. Wir haben eine neue Anmeldung in Ihrem Konto bemerkt. Wenn Sie das waren, müssen Sie nichts tun. Andernfalls helfen wir Ihnen, Ihr Konto zu schützen. Aktivität prüfen.",
    ),
    (
        "signin",
        "fr",
        "Alerte de sécurité",
        "Nouvelle connexion depuis Firefox sous Linux. Si c'était vous, aucune action n'est nécessaire. Sinon, nous vous aiderons à sécuriser votre compte. Consulter l'activité.",
    ),
    (
        "signin",
        "es",
        "Alerta de seguridad",
        "Nuevo inicio de sesión desde Firefox en Linux. Si ha sido usted, no tiene que hacer nada. Si no, le ayudaremos a proteger su cuenta. Revisar actividad.",
    ),
    (
        "signin",
        "pt",
        "Alerta de segurança",
        "Novo acesso pelo Firefox no Linux. Se foi você, não é preciso fazer nada. Caso contrário, ajudaremos a proteger a sua conta. Verificar atividade.",
    ),
    (
        "signin",
        "nl",
        "Beveiligingsmelding",
        "Nieuwe inlog via Firefox op Linux. Was jij dit, dan hoef je niets te doen. Zo niet, dan helpen we je om je account te beveiligen. Activiteit bekijken.",
    ),
    (
        "invoice",
        "en",
        "Your invoice 2024-1183",
        "Thank you for your order. Invoice 2024-1183 over EUR 84.20 is attached and due within 14 days. Our bank details are printed on the invoice and have been the same since 2016.",
    ),
    (
        "invoice",
        "de",
        "Ihre Rechnung 2024-1183",
        "vielen Dank für Ihren Auftrag. Anbei erhalten Sie die Rechnung 2024-1183 über 84,20 EUR, zahlbar innerhalb von 14 Tagen. Unsere Bankverbindung steht wie immer auf der Rechnung.",
    ),
    (
        "invoice",
        "fr",
        "Votre facture 2024-1183",
        "Merci pour votre commande. Vous trouverez ci-joint la facture 2024-1183 d'un montant de 84,20 EUR, payable sous 14 jours.",
    ),
    (
        "invoice",
        "es",
        "Su factura 2024-1183",
        "Gracias por su pedido. Adjuntamos la factura 2024-1183 por 84,20 EUR, con vencimiento a 14 días.",
    ),
    (
        "invoice",
        "pt",
        "A sua fatura 2024-1183",
        "Obrigado pela sua encomenda. Segue em anexo a fatura 2024-1183 no valor de 84,20 EUR, a pagar em 14 dias.",
    ),
    (
        "invoice",
        "nl",
        "Uw factuur 2024-1183",
        "Bedankt voor uw bestelling. Bijgaand de factuur 2024-1183 van EUR 84,20, te betalen binnen 14 dagen.",
    ),
    (
        "parcel",
        "en",
        "Your parcel arrives today",
        "Your parcel 00340434161094 from Blue Finch Books arrives today between 10:00 and 13:00. Not at home? Choose a neighbour or a pick-up point.",
    ),
    (
        "parcel",
        "de",
        "Ihr Paket kommt heute",
        "Ihr Paket 00340434161094 von Blue Finch Books kommt heute zwischen 10:00 und 13:00 Uhr. Nicht zu Hause? Wählen Sie einen Nachbarn oder eine Filiale.",
    ),
    (
        "parcel",
        "fr",
        "Votre colis arrive aujourd'hui",
        "Votre colis 00340434161094 arrive aujourd'hui entre 10 h et 13 h. Absent ? Choisissez un voisin ou un point relais.",
    ),
    (
        "parcel",
        "es",
        "Su paquete llega hoy",
        "Su paquete 00340434161094 llega hoy entre las 10:00 y las 13:00. ¿No está en casa? Elija un vecino o un punto de recogida.",
    ),
    (
        "parcel",
        "pt",
        "A sua encomenda chega hoje",
        "A sua encomenda 00340434161094 chega hoje entre as 10:00 e as 13:00. Não está em casa? Escolha um vizinho ou um ponto de recolha.",
    ),
    (
        "parcel",
        "nl",
        "Uw pakket komt vandaag",
        "Uw pakket 00340434161094 komt vandaag tussen 10:00 en 13:00 uur. Niet thuis? Kies een buur of een afhaalpunt.",
    ),
    (
        "helpdesk",
        "en",
        "Action required: move your mailbox before Friday",
        "Dear colleagues, on Friday we move the last mailboxes to the new server. Please sign in once before then. We will never ask for your password by mail. Questions: extension 4400.",
    ),
    (
        "helpdesk",
        "de",
        "Handlungsbedarf: Umzug Ihres Postfachs bis Freitag",
        "Liebe Kolleginnen und Kollegen, am Freitag ziehen wir die letzten Postfächer um. Bitte melden Sie sich vorher einmal an. Wir fragen nie nach Ihrem Passwort. Fragen: Durchwahl 4400.",
    ),
    (
        "helpdesk",
        "fr",
        "Action requise : migration de votre boîte avant vendredi",
        "Chers collègues, vendredi nous migrons les dernières boîtes. Merci de vous connecter une fois avant. Nous ne demandons jamais votre mot de passe. Questions : poste 4400.",
    ),
    (
        "helpdesk",
        "es",
        "Acción requerida: traslado de su buzón antes del viernes",
        "Estimados compañeros: el viernes trasladamos los últimos buzones. Inicien sesión una vez antes. Nunca pedimos la contraseña por correo. Preguntas: extensión 4400.",
    ),
    (
        "helpdesk",
        "pt",
        "Ação necessária: mudança da sua caixa até sexta",
        "Caros colegas, na sexta mudamos as últimas caixas. Entrem uma vez antes. Nunca pedimos a senha por e-mail. Perguntas: ramal 4400.",
    ),
    (
        "helpdesk",
        "nl",
        "Actie vereist: verhuizing van je postvak voor vrijdag",
        "Beste collega's, vrijdag verhuizen we de laatste postvakken. Meld je voor die tijd een keer aan. We vragen nooit om je wachtwoord. Vragen: toestel 4400.",
    ),
    (
        "invite",
        "en",
        "Invitation: project review, Thursday 14:00",
        "Maria Keller invites you to the project review on Thursday at 14:00. The agenda is in the shared folder.",
    ),
    (
        "invite",
        "de",
        "Einladung: Projektbesprechung, Donnerstag 14:00",
        "Maria Keller lädt Sie zur Projektbesprechung am Donnerstag um 14:00 ein. Die Tagesordnung liegt im gemeinsamen Ordner.",
    ),
    (
        "invite",
        "fr",
        "Invitation : revue de projet, jeudi 14 h",
        "Maria Keller vous invite à la revue de projet jeudi à 14 h. L'ordre du jour est dans le dossier partagé.",
    ),
    (
        "invite",
        "es",
        "Invitación: revisión del proyecto, jueves 14:00",
        "Maria Keller le invita a la revisión del proyecto el jueves a las 14:00. La agenda está en la carpeta compartida.",
    ),
    (
        "invite",
        "pt",
        "Convite: revisão do projeto, quinta 14:00",
        "Maria Keller convida para a revisão do projeto na quinta às 14:00. A agenda está na pasta partilhada.",
    ),
    (
        "invite",
        "nl",
        "Uitnodiging: projectoverleg, donderdag 14:00",
        "Maria Keller nodigt je uit voor het projectoverleg op donderdag om 14:00. De agenda staat in de gedeelde map.",
    ),
    (
        "colleague",
        "en",
        "Urgent: numbers for the board by noon",
        "Hi Ana, sorry for the rush: could you send me the numbers for the board paper as soon as possible, by noon at the latest? Are you in the office? Thanks, Jon",
    ),
    (
        "colleague",
        "de",
        "Dringend: Zahlen für den Vorstand bis Mittag",
        "Hallo Ana, entschuldige die Eile: Kannst du mir die Zahlen für die Vorlage so schnell wie möglich schicken, spätestens bis Mittag? Bist du im Büro? Danke, Jon",
    ),
    (
        "colleague",
        "fr",
        "Urgent : chiffres pour le conseil avant midi",
        "Bonjour Ana, désolé pour l'urgence : peux-tu m'envoyer les chiffres pour la note dès que possible, au plus tard à midi ? Merci, Jon",
    ),
    (
        "colleague",
        "es",
        "Urgente: cifras para el consejo antes del mediodía",
        "Hola Ana: perdona las prisas, ¿me envías las cifras para el informe lo antes posible, como tarde al mediodía? Gracias, Jon",
    ),
    (
        "colleague",
        "pt",
        "Urgente: números para o conselho até ao meio-dia",
        "Olá Ana, desculpa a pressa: podes enviar os números para o relatório o mais rápido possível, até ao meio-dia? Obrigado, Jon",
    ),
    (
        "colleague",
        "nl",
        "Dringend: cijfers voor het bestuur voor twaalf uur",
        "Hoi Ana, sorry voor de haast: kun je me de cijfers voor de notitie zo snel mogelijk sturen, uiterlijk twaalf uur? Dank, Jon",
    ),
];

/// Every text from every sender of its kind, plain and dressed as a modern HTML mail with hidden preview text, a
/// picture, a button through the sender's own tracker and a signature.
pub fn synthetic_ham() -> Vec<Synthetic> {
    let mut all = Vec::new();
    for (number, (kind, language, subject, text)) in TEXTS.iter().enumerate() {
        for (_, sender, address, site) in SENDERS.iter().filter(|(of, ..)| of == kind) {
            for html in [false, true] {
                let name = format!(
                    "{kind}-{language}-{}-{}",
                    address.split('@').nth(1).unwrap_or_default(),
                    if html { "html" } else { "plain" }
                );
                all.push(Synthetic {
                    name,
                    raw: message(number, sender, address, site, subject, text, html),
                });
            }
        }
    }
    all
}

fn message(
    number: usize,
    sender: &str,
    address: &str,
    site: &str,
    subject: &str,
    text: &str,
    html: bool,
) -> Vec<u8> {
    let domain = address.split('@').nth(1).unwrap_or_default();
    let headers = format!(
        "Return-Path: <bounce-{number}@{domain}>\r\nAuthentication-Results: mx.example.org; spf=pass smtp.mailfrom={domain}; dkim=pass header.d={domain}; dmarc=pass header.from={domain}\r\nReceived: from mta.{domain} (192.0.2.{}) by mx.example.org with ESMTPS; Tue, 5 Mar 2024 09:{:02}:00 +0000\r\nFrom: =?utf-8?B?{}?= <{address}>\r\nTo: Ana Lopez <ana.lopez@example.org>\r\nSubject: =?utf-8?B?{}?=\r\nDate: Tue, 5 Mar 2024 09:{:02}:00 +0000\r\nMessage-ID: <{number}.{}@{domain}>\r\nMIME-Version: 1.0\r\n",
        number + 1,
        number,
        base64(sender.as_bytes()),
        base64(subject.as_bytes()),
        number,
        address.len(),
    );
    let plain = format!("{text}\r\n\r\n{site}/go?id={number}77a\r\n\r\n{sender}\r\n");
    if !html {
        return format!("{headers}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{plain}").into_bytes();
    }
    let page = format!(
        "<html><head><style>.preheader{{display:none}}@media (max-width:600px){{.wide{{display:none}}}}</style></head><body><div class=preheader>{subject} &zwnj;&nbsp;&zwnj;&nbsp;&zwnj;</div><table role=presentation width=600><tr><td><a href=\"{site}/\"><img src=\"{site}/logo.png\" alt=\"{sender}\"></a></td></tr><tr><td><p>{text}</p><p><a style=\"background-color:#0a5;color:#ffffff\" href=\"{site}/go?id={number}77a\">{subject}</a></p><p style=\"color:#777;font-size:11px\">{sender} · <a href=\"{site}/unsubscribe?u={number}\">Unsubscribe</a></p><img src=\"{site}/open.gif?u={number}\" width=1 height=1></td></tr></table></body></html>"
    );
    format!(
        "{headers}List-Unsubscribe: <{site}/unsubscribe?u={number}>\r\nContent-Type: multipart/alternative; boundary=\"b{number}\"\r\n\r\n--b{number}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{plain}\r\n--b{number}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{page}\r\n--b{number}--\r\n"
    )
    .into_bytes()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let value =
            (0..3).fold(0usize, |value, at| value << 8 | usize::from(chunk.get(at).copied().unwrap_or(0)));
        for place in 0..4 {
            let letter = LETTERS.get(value >> (18 - 6 * place) & 63).filter(|_| place <= chunk.len());
            out.push(letter.map_or('=', |letter| char::from(*letter)));
        }
    }
    out
}
