"""French words that tell what stands beside them: closed lists, in small letters; names come from CLDR."""

from __future__ import annotations

import re
from functools import lru_cache

from babel.core import Locale, get_global

from manchette.anchor.canonical import fold
from manchette.upkeep.dictionary import french


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that may open a sentence, or stand between names, and never begin one.
FUNCTION = _each(
    """a à afin ai ainsi ait alors après assez au aucun aucune aujourd'hui auparavant auquel aura aurait aussi
    aussitôt autant autour autre autres aux avait avant avec avoir avons beaucoup bien bientôt bref c ça car ce
    ceci cela celle celles celui cent cependant certain certaine certaines certains certes ces cet cette ceux
    chacun chacune chaque chez ci cinq combien comme comment concernant contre courant d dans davantage de début
    debout dehors déjà demain depuis derrière dernier dernière derniers dernières des dès désormais deux devant
    dix doit donc dont du durant elle elles en encore enfin ensemble ensuite entre environ es est et étaient
    était étant être eu eux excepté face faut faute fin font fut grâce hélas hier hormis hors huit ici il ils j
    jadis jamais je jusqu jusque l la là laquelle le lequel les lesquelles lesquels leur leurs loin lors lorsqu
    lorsque lui m ma maintenant mais malgré me même mêmes mes mieux mille moi moins mon moyennant n naguère ne
    néanmoins neuf ni non nos notre nous nul nulle on ont or ou où oui outre par parce parfois parmi partout pas
    passé pendant peu peut peut-être plus plusieurs plutôt pour pourquoi pourtant premier première près presque
    presqu puis puisqu puisque qu quand quant quarante quatre que quel quelle quelles quelqu quelque quelques
    quels qui quiconque quinze quoi quoique rien s sa sans sauf se selon sept ses seul seule seuls seules si
    sinon six soit soixante son sont soudain sous souvent suite suivant sur surtout t ta tandis tant tel telle
    telles tels tes toi tôt toujours tous tout toute toutefois toutes trente trois trop tu un une va vers via
    vingt voici voilà vos votre vous vu y merci bonjour salut ah oh eh hé janvier février mars avril mai juin
    juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche"""
)
ARTICLES = _each("le la les l' un une des ce cet cette ces du au aux")
PARTICLES = _each(
    "de du des d' l' la le von van der den ter di da del della dos das do zu zur y ben bin ibn al el abu ould"
)

# What stands before a person's name, whatever particle it has: « le général de Boisdeffre ».
COURTESY = _each(
    """m. mm. mme mmes mlle mlles mr mr. mrs mrs. ms dr dr. pr pr. me mgr mgr. madame mesdames monsieur messieurs
    mademoiselle docteur docteure maître monseigneur sir lord lady don général générale colonel colonelle
    commandant commandante capitaine lieutenant lieutenant-colonel adjudant sergent caporal maréchal amiral
    vice-amiral contre-amiral brigadier abbé père frère sœur cheikh mollah ayatollah rabbin tsar kaiser"""
)
ROLES = _each(
    """président présidente vice-président vice-présidente ex-président ex-présidente ministre ministres
    premier-ministre ex-ministre secrétaire député députée eurodéputé eurodéputée maire mairesse préfet préfète
    chancelier chancelière porte-parole chef cheffe cheffes patron patronne pdg leader numéro avocat avocate
    juge magistrat magistrate recteur doyen chercheur chercheuse savant poète poétesse peintre champion
    championne skipper reine roi prince princesse empereur impératrice pape cardinal évêque archevêque
    patriarche imam émir sultan calife archiduc archiduchesse duc duchesse comte comtesse baron baronne marquis
    marquise vicomte vicomtesse chevalier frère frères sœurs fils fille père mère oncle tante cousin cousine
    neveu épouse époux mari femme veuve compagnon compagne ami amie amis collègue élève rival rivale
    prédécesseur prédécesseure successeur successeure homologue nommé nommée dénommé dénommée surnommé surnommée
    citoyen citoyenne candidat candidate militant militante opposant opposante dictateur dirigeant dirigeante
    étudiant étudiante habitant habitante gardien gardienne milieu ailier arbitre pilote athlète otage témoin
    suspect suspecte prévenu accusé accusée victime assassin conseiller conseillère écuyer camarade capitaine
    soldat officier espion espionne cinéaste architecte astronaute prêtre moine bailli consul proconsul pharaon
    khan chah shah"""
)
_ANIMATE = re.compile(r"\w{2,}(?:eur|euse|trice|iste|logue|crate|icien|icienne|omane|phobe|nome)s?")

SPEAKS = _each(
    """dit disait déclare estime explique affirme souligne raconte précise ajoute assure confie répond regrette
    juge rappelle insiste reconnaît poursuit conclut conclue martèle résume plaide pense croit espère veut
    souhaite sourit"""
)

SPOKEN = _each("dit déclaré confié expliqué affirmé raconté indiqué précisé répondu assuré confie confiait")

PLACE_HEADS = _each(
    """rue avenue boulevard place quai pont square esplanade allée impasse chemin route porte col mont monts
    montagne pic massif plateau plaine vallée val forêt bois lac mer océan golfe baie détroit canal fleuve
    rivière cap île îles archipel presqu'île péninsule côte gorge gorges ville village bourg cité quartier
    faubourg port aéroport gare stade château palais cathédrale basilique région département province canton
    district comté préfecture oblast empire royaume république émirat principauté duché sultanat califat
    territoire territoires désert banlieue capitale pays continent frontière station parc jardin camp base bases
    commune wilaya localité hameau cimetière prison notre-dame"""
)
# With these in small letters a place is named: « la mer du Japon », « le pont Mathilde »; not so « la ville de Rouen ».
PLACE_GENERIC = _each(
    "mer océan golfe détroit mont lac pont rue avenue boulevard place quai square île îles cap col baie"
)
ORGANIZATION_GENERIC = _each("université institut lycée musée hôpital ministère")
ORGANIZATION_HEADS = _each(
    """organisation agence fonds cour conseil comité commission ministère fédération association union parti
    mouvement front banque société institut université école centre académie assemblée parlement sénat chambre
    armée ligue confédération syndicat office autorité direction haut-commissariat commissariat bureau
    secrétariat service tribunal compagnie groupe groupement entreprise fondation observatoire hôpital musée
    théâtre opéra orchestre club olympique racing sporting stade racing-club cercle équipe rassemblement
    alliance coalition gouvernement congrès bundestag police gendarmerie garde collège lycée faculté laboratoire
    chaîne radio journal agence-france-presse mission collectif coordination délégation forum caisse trésor
    église mutuelle coopérative réseau consortium conservatoire inspection ordre plateforme cabinet studio
    maison fraternité brigade brigades légion corps mairie préfecture pôle"""
)
_BEFORE_ORGANIZATIONS = ORGANIZATION_HEADS | _each(
    """firme marque constructeur géant opérateur éditeur start-up startup ong quotidien hebdomadaire mensuel
    magazine revue site portail application moteur réseau filiale maison-mère holding enseigne formation milice
    guérilla faction quotidienne réseaux logiciel service fabricant équipementier assureur banques sociétés
    entreprises partis groupes"""
)
BRANDED = _each(  # after these stands a name, even if it is a word: « la revue Nature », « le groupe Orange »
    """groupe société entreprise firme marque journal revue magazine quotidien hebdomadaire chaîne parti
    association ong start-up startup club réseau éditeur constructeur application site mouvement collectif
    fondation opérateur compagnie mission"""
)
ORGANIZATION_ENDS = _each(
    """sa sas sarl inc inc. ltd ltd. llc gmbh ag plc corp corp. corporation company group groupe holding fc united
    city airlines airways bank university college institute foundation league club press news times post tribune
    international motors electric electronics systems software technologies records pictures entertainment media
    television tv radio soccer telecom télécom mobile énergie energy pharma automobile industrie assurance
    banque films production éditions presse france europe"""
)
TERM_HEADS = _each(
    """loi lois code traité accord accords convention guerre révolution bataille coupe jeux prix plan directive
    règlement constitution exposition festival journée journées championnat championnats opération affaire
    première seconde deuxième troisième premier second grand grande petit petite petits bourse internet web dieu
    nation nations droite gauche histoire renaissance antiquité moyen âge lumières résistance libération
    occupation shoah holocauste débarquement armistice ordonnance décret arrêté charte déclaration pacte
    protocole programme projet salon rapport livre chapitre article titre tome annexe tableau figure tour
    mondial mondiaux open euro grand-prix masters noël pâques toussaint ramadan carême bible coran torah
    évangile évangiles légion crise printemps nuit fête manifeste lettre"""
)
WORKS = _each("film série roman album chanson livre opéra pièce jeu opus épisode tableau poème émission spectacle")
OWNED = _each(  # of a person: « la politique de Porochenko »; of what else is a place is the likelier
    """toile tableau nom mort arrivée départ retour œuvre œuvres vie famille fils fille père mère frère sœur femme mari
    veuve
    avocat avocate politique discours propos visite visites déclaration élection victoire défaite but procès
    arrestation assassinat portrait théorie condamnation innocence affaire lettre livre roman film rôle équipe
    côté domicile corps tombe mandat présidence investiture main part voix mémoire épouse bras parti proches
    partisans soutien démission prédécesseur"""
)
OF_ORGANIZATIONS = _each(  # « membre de », « patron de »
    """membre membres salarié salariés employés pdg dirigeants directeur directrice actionnaires clients filiale action
    actions patron fondateur président présidente milices combattants candidat élus"""
)
OF_PLACES = _each("près loin maire préfet archevêque évêque habitants centre originaire rues environs siège comte duc")
HEADS = ORGANIZATION_HEADS | PLACE_HEADS | TERM_HEADS
TERM_ACRONYMS = _each(
    """pib pnb tva adn arn pdg cv ok tv gps sms dvd cd pc vih sida qi rtt cdi cdd smic rsa faq url html utc gmt am
    pm ovni bd qg nb ps ndlr pme pmi tgv ter rer hlm zac kg km cm mm mw gw kwh co2 iva ipc isf csg crds ir is
    api pdf usb cpu gpu ia sos qcm dom tom pacs ivg gpa pma osm ne sud se so no ph id vip hd vf vo"""
)
# After one of these, a word that names no person stands in small letters: « Commission européenne ».
_ADJECTIVE = re.compile(
    r"""
    \w+ (?: iens?|iennes? | éens?|éennes? | al|ale|aux|ales | el|elle|els|elles | ifs?|ives? | iques? | ains?|aines?
          | ais|aises? | ois|oises? | eux|euses? | aires? | istes? | and|ande | ol|ole | nord|sud )
    | unis? | unies? | russes? | arabes? | suisses? | turque?s? | grecs? | grecques? | belges? | tchèques? | suprêmes?
    | libres? | publics? | verte?s? | rouges? | bleue?s? | noire?s? | blanche?s? | juste | soumises? | civile?s?
    | internes? | externes? | étrangère?s? | mobiles? | supérieure?s? | inférieure?s? | modernes?
    """,
    re.VERBOSE,
)
_VERB = re.compile(
    r"(?:indique|explique|applique|implique|communique|revendique|complique|réplique|critique|pratique|fabrique"
    r"|abdique|rappelle|appelle|interpelle|arrive|dérive|prive|cultive|motive|achève|enlève|élève)(?:nt)?"
    r"|mais|jamais|désormais|avais|étais|faire|taire|plaire|extraire|quel|quels|quelle|quelles|lesquels?"
)

# Where one is, goes, comes from.
_PLACES_MORPH = re.compile(
    r".+(?:ville|bourg|burg|grad|stan|sur-\w+|lès-\w+|les-\w+|en-\w+|sous-\w+|shire|pur|abad|hausen)"
    r"|(?:saint|sainte|mont|château|port|villeneuve|neuilly|bourg|fort|val|cap|notre-dame)-.+",
    re.IGNORECASE,
)
DIRECTIONS = _each("nord sud est ouest nord-est nord-ouest sud-est sud-ouest centre orient occident")
PARTS = _each(
    """occidental occidentale oriental orientale central centrale septentrional septentrionale méridional
    méridionale austral australe équatorial équatoriale subsaharienne latine"""
)
_DEMONYM = re.compile(r"\w+(?:ienn?e?|éenn?e?|aise|oise|aine?|arde?|ande?|ole?|ite|iste|ann?e?|asque|ote|ine?|s|x)")


_PEOPLES = re.compile(r"\w+(?:i?ens|[ié]ennes|ais|aises|ois|oises|ains|aines|ards|ands|ols|ites|istes|ans)")


def is_known(word: str) -> bool:
    """Whether the dictionary has a word, capitals aside."""
    return word.lower() in french()


def is_adjective(word: str) -> bool:
    """Whether a word in small letters may go on with the name of an institution: « européenne », « nationale »."""
    return bool(_ADJECTIVE.fullmatch(word)) and not _VERB.fullmatch(word) and word not in FUNCTION


def is_animate(word: str) -> bool:
    """Whether a word in small letters is what somebody is: « ministre », « humoriste »."""
    return word in ROLES or word in COURTESY or bool(_ANIMATE.fullmatch(word))


def is_before_organization(word: str) -> bool:
    """Whether what stands after a word is likely an organization: « le groupe », « la société »."""
    return word in _BEFORE_ORGANIZATIONS


def looks_like_place(name: str) -> bool:
    """Whether the form of a word is that of a town or a country: « -sur-Mer », « Saint- », « -ville », « -stan »."""
    return bool(_PLACES_MORPH.fullmatch(name))


def is_people(word: str) -> bool:
    """Whether a word with a capital may be people of somewhere: « Ukrainiens », « Arméniennes », « Français »."""
    low = word.lower()
    return is_of_people(low) or (is_known(low) and bool(_DEMONYM.fullmatch(low)))


def is_of_people(word: str) -> bool:
    """Whether a word in small letters is an adjective made of a people's name, as languages are: « français »."""
    stems = {
        word,
        word.removesuffix("s"),
        word.removesuffix("es"),
        re.sub("nnes?$", "n", word),
        re.sub("ques?$", "c", word),
    }
    return not stems.isdisjoint(_languages())


def has_people_ending(word: str) -> bool:
    """Whether a word ends as those of peoples do, in the plural."""
    return bool(_PEOPLES.fullmatch(word))


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    return frozenset(name.lower() for name in Locale("fr").languages.values() if " " not in name)


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Countries, parts of the world and cities that CLDR names in French, as `fold` leaves them."""
    french_names = Locale("fr")
    names = {name for code, name in french_names.territories.items() if code != "001"}  # « Monde »
    for zone in get_global("zone_territories"):  # « Europe/Paris », and « Moscou » for « Europe/Moscow »
        if "/" not in zone or zone.startswith("Etc/"):
            continue
        city = french_names.time_zones.get(zone, {}).get("city")
        names.add(city or zone.rpartition("/")[2].replace("_", " "))
    parts = {part.strip() for name in names for part in re.split(r"[()\[\]]", name)} | names
    parts |= {part.replace("Saint", "St") for part in parts}
    short = {re.sub("^(?:Le|La|Les|L’) ?", "", part) for part in parts}
    return frozenset(fold(part) for part in parts | short | _SHORT if part[:1].isupper())


# What CLDR calls otherwise than texts do, or has no name for; capitals, and seats of many institutions, of which no
# time zone bears the name.
_SHORT = frozenset(
    {
        "Angleterre", "Écosse", "Grande-Bretagne", "Pays de Galles", "Irlande du Nord", "États-Unis d’Amérique", "USA",
        "URSS", "Amérique", "République tchèque", "Birmanie", "RDC", "Palestine", "Émirats", "Vatican", "Biélorussie",
        "Macédoine", "Yougoslavie", "Tchécoslovaquie", "Moyen-Orient", "Proche-Orient", "Extrême-Orient", "Occident",
        "Orient", "Maghreb", "Sahel", "Balkans", "Caucase", "Méditerranée", "Atlantique", "Pacifique", "Antarctique",
        "Arctique", "Sahara", "Europe occidentale", "Europe centrale", "Europe orientale", "Afrique noire",
        "Scandinavie", "Crimée", "Sibérie", "Etats-Unis", "Emirats arabes unis", "Ecosse", "Egypte", "Equateur",
        "Ethiopie", "Erythrée", "Royaume-Uni", "Corée", "Congo", "Abuja", "Ankara", "Astana", "Berne", "Brasilia",
        "Canberra", "Dodoma", "Hanoï", "Islamabad", "La Haye", "La Paz", "Le Cap", "New Delhi", "Ottawa", "Pékin",
        "Phnom Penh", "Pretoria", "Quito", "Rabat", "Sanaa", "Tel-Aviv", "Tel Aviv", "Washington", "Wellington",
        "Yaoundé", "Kyiv", "Genève", "Strasbourg", "New York", "Los Angeles", "Hong Kong", "Francfort", "Québec",
        "Ontario", "Wallonie", "Flandre", "Prusse", "Empire ottoman", "Autriche-Hongrie", "Indochine", "Perse", "Gaza",
        "Cisjordanie",
    }
)  # fmt: skip
