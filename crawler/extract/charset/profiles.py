"""What the writing systems look like: which characters a text of a language is made of, most frequent first.

Only the rank matters: the frequent letters of a language are frequent in every text of it, and a wrong character set
turns them into rare ones, into symbols, or into capitals in the middle of words.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The letters beyond ASCII of a language, and the Python codecs that its texts come in.

    ``common`` letters weigh 1, ``other`` ones less (see ``plausibility``). Codecs that come first win ties. ``latin``
    letters stand among ASCII ones; others don't.
    """

    name: str
    common: str
    other: str
    codecs: tuple[str, ...]
    latin: bool = False


EAST_ASIAN = ("gb18030", "big5hkscs", "cp949", "cp932", "euc_jp")
"""The codecs of Chinese, Korean and Japanese, the most frequent first."""

OLD = ("cp850", "cp852", "mac_roman")
"""Latin character sets of DOS and the old Macintosh: so rare that a few letters can't speak for them."""

_WEST = ("cp1252", "iso8859-15", "mac_roman", "cp850")
_CENTRE = ("cp1250", "iso8859-2", "cp852")
_CYRILLIC = ("cp1251", "koi8-r", "iso8859-5", "cp866", "mac_cyrillic", "cp855")
_UKRAINIAN = ("cp1251", "koi8-u", "iso8859-5", "mac_cyrillic")

ALPHABETS = (
    Alphabet("Spanish", "áéíóúñ", "üÁÉÍÓÚÑÜ¿¡ªº", _WEST, latin=True),
    Alphabet("Portuguese", "ãçáéíóõêâ", "úôàüèÃÇÁÉÍÓÕÊÂÚÔÀªº", _WEST, latin=True),
    Alphabet("French", "éèàêçîôû", "ùâïëœæÉÈÀÊÇÎÔÛÂŒñ", _WEST, latin=True),
    Alphabet("German", "äöüß", "ÄÖÜé", _WEST, latin=True),
    Alphabet("Italian", "àèéìòù", "îÀÈÉÌÒÙ", _WEST, latin=True),
    Alphabet("Nordic", "åäöæø", "éüðþýáíóúÅÄÖÆØÉÐÞÝÁÍÓÚ", _WEST, latin=True),
    Alphabet("Dutch", "ëéïè", "öüêóáÉË", _WEST, latin=True),
    Alphabet("Czech and Slovak", "áíéěčřžýšů", "úďťňóôľäĺŕÁÍÉĚČŘŽÝŠŮÚĎŤŇÓÔĽ", _CENTRE, latin=True),
    Alphabet("Polish", "ąćęłńóśźż", "ĄĆĘŁŃÓŚŹŻ", _CENTRE, latin=True),
    Alphabet("Hungarian", "áéöóőíüú", "űÁÉÖÓŐÍÜÚŰ", _CENTRE, latin=True),
    Alphabet("South Slavic", "čšžćđ", "ČŠŽĆĐ", _CENTRE, latin=True),
    Alphabet("Romanian", "ăâîşţ", "șțĂÂÎŞŢȘȚ", (*_CENTRE, "iso8859-16"), latin=True),
    Alphabet("Turkish", "ıişçüğö", "âîûİŞÇÜĞÖ", ("cp1254",), latin=True),  # noqa: RUF001 - the letter it is
    Alphabet("Baltic", "āēīšžčūėųąįõäöü", "ņļģķęśĀĒĪŠŽČŪĖŲĄĮÕÄÖÜ", ("cp1257", "iso8859-4"), latin=True),
    Alphabet("Russian", "оеаинтсрвлкм", "дпуяыьгзбчйхжшюцщэфъёОЕАИНТСРВЛКМДПУЯГЗБЧЙХЖШЮЦЩЭФ", _CYRILLIC),
    Alphabet("Ukrainian", "оаниітврескл", "дмупязьбгйчхжцшюїєфщґОАНИІТВРЕСКЛДМУПЯЗБГЙЧХЖЦШЮЇЄФЩ", _UKRAINIAN),
    Alphabet("Bulgarian", "аоиентсрвлкд", "пмзгбуяъйчцжшющхфьАОИЕНТСРВЛКДПМЗГБУЯЪЙЧЦЖШЮЩХФ", _CYRILLIC),
    Alphabet("Greek", "αοιετσνηςρκπάίό", "υμλήέγδωύώχθφβξζψΑΟΙΕΤΣΝΗΡΚΠΥΜΛΓΔΩΧΘΦΒΞΖΨΆΈΉΊΌΎΏϊϋ", ("cp1253", "iso8859-7")),
    Alphabet("Hebrew", "יוהלאמרתבש", "נםעקדחפכןטסגזךףצץ", ("cp1255",)),
    Alphabet("Arabic", "اليمونرتبةعدس", "فحقكجهخشصضطظغثذزأإآىءؤئ،؛؟ًٌٍَُِّ", ("cp1256", "iso8859-6")),
    Alphabet("Thai", "านรอกเงมยวลดส", "ทตะปบคหแจพชขใไโผธซภศถฐญณฟฝษฉฆฎฏฒฬฮฤ่้ิีึืุู็์ัําำๆฯ", ("cp874",)),
)

PUNCTUATION = "‘’“”«»–—…·•°§©®™№€£¿¡ºª\xa0\xad‚„‹›"  # noqa: RUF001 - the signs themselves
"""Signs beyond ASCII that texts of any language have; they say little about which language it is."""

SIGNS = "±×÷½¼¾¹²³µ¶¬¦¢¥´¨¸¯†‡‰ˆ˜→←↑↓■□●○◆★→②①③④⑤"  # noqa: RUF001
"""Signs that texts of any language may have, but seldom do."""

HAN = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么"
    "去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又"
    "关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海"
    "通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管"
    "期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北"
    "边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运部长访问会谈双协议国际友好贸易投资经济领域支持促进尊重主席总理华京"
    "這個們來為國說時會對於過發後裡種經學現當沒動還進樣開從實軍無與長機關點業將兩間問並應戰頭體見產話給門東聲員論處義幾條氣題爾變神"
    "總電數報結場計資許統區隊決馬書則聽卻達強難權設記類據張該規萬覺術領確傳師觀識帶導爭運訪談雙協議際貿濟華臺灣香港"
)
"""Some 500 characters that make up two thirds of any Chinese text, in the simplified and the traditional writing."""

HANGUL = (
    "이다는의에을가고하지한로를은도사기들리어아서인나대자그정시있해라만수과일보스구제부여주장전상니것원없위으게면년된요동와등"
    "국민회의교통계관성공산외무화정책협력경제발조약조선문연방남북미중신안용개경세실적물건강"
)
"""Some 100 syllables that make up two thirds of any Korean text."""

CJK_PUNCTUATION = "，。、：；“”‘’「」『』《》〈〉（）【】〔〕？！—…·○　・ー"  # noqa: RUF001 - what these scripts write
