"""The words of guides, mails and notes."""

GUIDES = (
    ("returns policy", "Returns policy", ("Helvetica", "Helvetica-Bold"), ((
        "How customers send things back",
        "Goods can be returned within 14 days of the day they arrived, without a reason. The tags should be on, the packaging need not be the first one.",
        "The label is in the customer's account under Orders, Return. Customers without a printer show the code on their telephone at the parcel shop.",
        "Money goes back the way it came, within seven days after the parcel has reached us. A voucher is given only when the customer asks for one.",
        "Earbuds, mattresses and seeds whose seal is broken cannot be returned, unless they came broken. We never charge a restocking fee.",
        "Who missed the 14 days because of illness or a move gets another fourteen: ask the team lead, do not refuse."),)),
    ("guarantee", "Guarantee", ("serif", "serif-bold"), ((
        "Two years of guarantee",
        "Faults that show within two years are repaired, or the article is exchanged; if both are impossible the customer gets the money back.",
        "Batteries that have swollen or become hot are not sent by post. The customer takes them to a collection point, we exchange them on the strength of a photograph.",
        "Gas stoves that smell of gas are not to be used again. We send a new one at once and collect the old one.",
        "Smoke alarms that ring without smoke: exchange at once, even in the night between two shifts."),)),
    ("router manual", "Mesh router: manual", ("arial", "arial-bold"), (
        ("Wi-Fi 6 mesh router: first steps",
         "Set up unit 1 beside the modem, wait for the white light, then plug in unit 2 half way to the farthest room.",
         "The units can be joined by a network cable. Choose Menu, Backhaul, Wired; the light of both turns blue."),
        ("When the light turns amber",
         "An amber light on unit 2 says that it has lost unit 1. It comes back by itself after about a minute.",
         "If it happens every few hours, set the channel of the 5 GHz band to 36 and switch off automatic channels. This is a known fault of firmware 2.1."),
        ("Languages and reset",
         "The menu speaks English, German, French, Spanish and Chinese. To reset a unit hold its button for twelve seconds."))),
    ("kitchen scale calibration", "Kitchen scale: calibration", ("sans", "sans-bold"), ((
        "Calibrating the kitchen scale",
        "Take everything off the glass. Hold UNIT and TARE together for five seconds until CAL appears.",
        "Put a weight of exactly 2,000 g on it and wait for PASS. Dashes on the display say that the batteries are flat or not the same."),)),
    ("cast iron", "Care of cast iron", ("Times-Roman", "Times-Bold"), ((
        "A pan for life",
        "Cast iron rusts when it stays wet. Dry it on the hob and rub in a drop of oil while it is warm.",
        "A pan that has warped was heated too fast or cooled with water. That is not a fault of the pan, but be kind."),)),
    ("hinweise zur entsorgung", "Entsorgung", ("sans", "sans-bold"), ((
        "Alte Geräte und Batterien zurückgeben",
        "Alte Batterien und Akkus nehmen wir kostenlos zurück: im Laden, per Post oder bei jeder Sammelstelle. Akkus, die sich aufgebläht haben, gehören nicht ins Paket.",
        "Große Geräte holt der Fahrer mit, der das neue bringt, wenn es bei der Bestellung gewünscht wird."),)),
)

# name, subject, sender, day and time, charset, transfer encoding, ticket, order, text
MAILS = (
    ("AW ticket 138", "AW: Ticket 138", "Rupert Egger <rupert.egger372@example.net>", "2026-07-01 08:10", "iso-8859-1", "quoted-printable", 138, 104257,
     "Grüß Gott,\n\nheute hieß es, der Fahrer habe geläutet. Ich saß vor der Tür. Bestellung 104257, zwei Thermostate für die Küche.\n\nMit freundlichen Grüßen\nRupert Egger\n"),
    ("領収書", "領収書の件", "井上健太 <kenta.inoue552@example.com>", "2026-10-25 02:00", "iso-2022-jp", None, "", 105375,
     "お世話になっております。\n注文番号105375の領収書を会社名でお願いいたします。\n井上\n"),
    ("退款", "Re: ticket #336", "黄志强 <zhiqiang.huang175@example.org>", "2026-11-18 03:30", "gb18030", "base64", 336, 105866,
     "你好，\n订单105866还是没有任何物流信息。如果包裹丢了，请尽快退款。\n谢谢\n"),
    ("zwrot", "Zwrot pieniędzy", "Jędrzej Wójcik <jedrzej.wojcik570@example.org>", "2026-02-19 11:00", "iso-8859-2", "quoted-printable", "", 102574,
     "Dzień dobry,\n\npieniędzy za zamówienie 102574 wciąż nie ma. Załączam potwierdzenie nadania w osobnej wiadomości.\n\nJędrzej Wójcik\n"),
    ("استرداد", "استرداد المبلغ", "يوسف عبد الله <youssef.abdallah551@example.com>", "2026-06-05 12:00", "windows-1256", "base64", "", 103668,
     "السلام عليكم\n\nأعدت الطلب 103668 منذ شهر ولم يصلني المبلغ.\n\nيوسف\n"),
    ("réclamation", "Colis introuvable", "Chloé Traoré <chloe.traore211@example.org>", "2026-04-09 07:45", "windows-1252", "quoted-printable", "", 103331,
     "Bonjour,\n\ntoujours aucune nouvelle de la commande 103331 : ni colis, ni réponse. Le transporteur dit « jamais reçu ».\n\nChloé Traoré\n"),
    ("शिकायत", "मेरा ऑर्डर", "Rohan Chatterjee <rohan.chatterjee379@example.org>", "2025-08-12 05:00", "utf-8", "base64", "", 100802,
     "नमस्ते,\n\nऑर्डर 100802 अब तक नहीं पहुँचा। कृपया जल्दी देखिए।\n\nरोहन\n"),
)

# path, encoding, ticket, order, text
NOTES = (
    ("notes/warehouse shift.txt", "utf-8", "", "",
     "Night shift, gate C\n\nTwo pallets of terracotta pots came in, one of them already gravel.\nThe label printer eats every ninth label: give those parcels a second look.\n"),
    ("notes/lagernotiz.txt", "iso-8859-1", "", 105697,
     "Rückläufer von gestern\n\nBestellung 105697: Wasserkocher statt Grill gepackt. Bitte den Grill nachschicken, der Kunde hat schon über Nudeln geschrieben.\nÜbergröße: nur mit Spedition.\n"),
    ("notes/客户来电.txt", "utf-8", 336, 105866,
     "客户来电记录\n\nTicket 336：黄先生再次来电，询问订单105866的包裹。\n已告知正在向物流公司查询，三天内答复。\n"),
    ("notes/🧾 holiday returns (copy).txt", "utf-8", "", "",
     "Holiday returns 🎄\n\nWhat is bought from 1 November to 24 December may come back until 15 January.\nGift cards are excluded. Say it before people ask.\n"),
    ("notes/call log.md", "utf-8", 334, 105726,
     "# Calls of Monday\n\n- ticket #334, order 105726: wants a new one, not a refund. Friendly after the second sentence.\n- A lady asked whether the bell can be bought without a bicycle. It can.\n"),
    ("notes/windows note.txt", "utf-16", "", "",
     "Saved by an old editor.\r\nPump hoses pop off above 8 bar: tell people to press the lever down until it clicks.\r\n"),
)
