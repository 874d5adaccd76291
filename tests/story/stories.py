"""Invented news stories for the tests: nothing in them happened, nobody in them exists."""


def article(name, outlet, published, title, *blocks):
    return {"id": name, "outlet": outlet, "published": published, "title": title, "text": "\n\n".join(blocks)}


SLIDE = [
    article("slide-1", "NTB", "2026-03-02T07:10:00+01:00", "Ras stengte riksveien ved Skarvsund",
            "Et steinras stengte riksvei 88 ved Skarvsund natt til mandag. Tolv personer er evakuert, opplyser politiet.",
            "– Vi har flyttet tolv personer fra fire hus, sier operasjonsleder Gro Tveten i politiet.",
            "Ingen er meldt skadd i raset. Geologer skal undersøke fjellsiden over Skarvsund tirsdag.",
            "Veien er den eneste til fergekaia, og skolen på Skarvsund holder stengt."),
    article("slide-2", "Skarvposten", "2026-03-02T08:00:00+01:00", "Steinras stengte riksveien ved Skarvsund",
            "Et steinras stengte riksvei 88 ved Skarvsund natt til mandag. Tolv personer er evakuert, opplyser politiet.",
            "– Vi har flyttet tolv personer fra fire hus, sier operasjonsleder Gro Tveten i politiet til NTB.",
            "Ingen er meldt skadd i raset. Geologer skal undersøke fjellsiden over Skarvsund tirsdag.",
            "Veien er den eneste til fergekaia, og skolen på Skarvsund holder stengt. (NTB)"),
    article("slide-3", "Ytre Tidende", "2026-03-02T09:30:00+01:00", "Riksveien stengt av ras",
            "Et steinras stengte riksvei 88 ved Skarvsund natt til mandag. Tolv personer er evakuert, opplyser politiet.",
            "– Vi har flyttet tolv personer fra fire hus, sier operasjonsleder Gro Tveten i politiet.",
            "Ingen er meldt skadd i raset. Geologer skal undersøke fjellsiden over Skarvsund tirsdag.",
            "Veien er den eneste til fergekaia, og skolen på Skarvsund holder stengt."),
    article("slide-4", "Skarvposten", "2026-03-03T12:00:00+01:00", "Tjue personer evakuert etter raset ved Skarvsund",
            "Tjue personer er evakuert etter steinraset ved Skarvsund, opplyser politiet tirsdag.",
            "– Vi har flyttet tjue personer, sier operasjonsleder Gro Tveten i politiet."),
]

PLANT = [
    article("plant-1", "Lyngblad", "2026-04-07T08:00:00+02:00", "Smelteverket Ovnverk slapp ut kvikksølv i Lyngfjorden",
            "Smelteverket Ovnverk har sluppet ut kvikksølv i Lyngfjorden i tre år, sier miljøvernaren Odd Hauge til Lyngblad.",
            "– Ovnverk har sluppet ut kvikksølv i Lyngfjorden i tre år, sier Hauge.",
            "Fiskarane i Lyngfjorden krev svar frå smelteverket."),
    article("plant-2", "Fjordvarden", "2026-04-07T15:00:00+02:00", "Ovnverk avviser utslipp av kvikksølv i Lyngfjorden",
            "Smelteverket Ovnverk avviser at det har sluppet ut kvikksølv i Lyngfjorden.",
            "– Vi har ikke sluppet ut kvikksølv i Lyngfjorden, sier direktør Siv Rem i Ovnverk.",
            "Fiskerne i Lyngfjorden krever svar fra smelteverket."),
]

FERRY = [
    article("ferry-1", "Reuters", "2026-05-11T06:00:00Z", "Ferry Aldis runs aground off Port Marrin",
            "The ferry Aldis ran aground off Port Marrin on Monday with 240 passengers on board, the coast guard said.",
            "\"All 240 passengers have been taken off the ferry,\" coast guard captain Lena Voss told reporters.",
            "The ferry company Marrin Line said the engine had failed in heavy fog.",
            "Divers will inspect the hull of the Aldis on Tuesday."),
    article("ferry-2", "Kysten", "2026-05-11T10:00:00+02:00", "Fergen Aldis gikk på grunn utenfor Port Marrin",
            "Fergen Aldis gikk på grunn utenfor Port Marrin mandag med 240 passasjerer om bord, opplyser kystvakten ifølge Reuters.",
            "– Alle de 240 passasjerene er tatt av fergen, sa kystvaktkaptein Lena Voss til pressen.",
            "Fergeselskapet Marrin Line sa at motoren hadde sviktet i tett tåke.",
            "Dykkere skal inspisere skroget på Aldis tirsdag."),
]

OTHER = [
    article("other-1", "Skarvposten", "2026-03-05T08:00:00+01:00", "Korpset på Skarvsund spiller i helgen",
            "Korpset på Skarvsund spiller konsert i samfunnshuset lørdag, sier dirigent Mons Lie.",
            "Inntektene går til nye uniformer."),
]

ALL = SLIDE + PLANT + FERRY + OTHER
