"""What made-up people are called, where they live and how they speak of their papers.

Written for measuring alone: the redactor has lists of its own and must not learn from these.
"""

GIVEN = (
    "Juan José María Guadalupe Rosa Luis Xóchitl Yaretzi Eusebio Domitila Nayeli Brayan Anahí Wilber Heidy Osmar Tránsito Pánfilo Aniceto"
    " Marcelina Porfirio Ixchel Citlali Adelaido Norberto Eulalia Rosendo Marisela Bonifacio Delfino Ernestina Fidelina Hermelinda"
    " Emily Tyrone Ashley Gregory Danielle Trevor Ngozi Oluwaseun Thu Sokha Priya Amadou Fatoumata Svetlana Dmitri Jin Yusuf Leila"
    " Carlos Ana Miguel Sofía Pedro Lucía Jorge Elena Martín Verónica Óscar Irma Ramón Beatriz Andrés Silvia"
).split()
FAMILY = (
    "Pérez,López,Hernández,García,Martínez,Tzoc,Ixcoy,Batz,Xitumul,Menchú,Castellón,Chávez,Zelaya,Aguilera,Ordóñez,Cumes,de la Cruz,del Valle"
    ",Okafor,Haile,Kowalczyk,O'Connor,McAllister,Diallo,Thompson,Whitfield,Nakamura,Pham,Bhatt,Petrosyan,Ruiz-Díaz,Santizo,Tecú,Quiej"
    ",Velásquez,Carrillo,Montúfar,Pocasangre,Alvarenga,Barahona,Funes,Guevara,Inestroza,Jovel,Landaverde,Maravilla,Quijada,Rosales"
).split(",")
STREETS = "Maple,Elm,Jefferson,Sunset,Martin Luther King,Oak Hill,Pulaski,Cermak,Figueroa,Old Mill,Whittier,Kedzie,Telegraph,Bayshore,3rd,42nd,119th,Cesar Chavez".split(
    ","
)
SUFFIXES = "St,Street,Ave,Avenue,Blvd,Rd,Road,Dr,Drive,Ln,Lane,Pkwy,Ter,Hwy,St.,Ave.".split(",")
EVERYDAY_SUFFIXES = "Ct,Court,Way,Circle,Place".split(",")
CALLES = "Juárez,Morelos,5 de Mayo,Benito Juárez,Los Álamos,San Martín,Niños Héroes,16 de Septiembre,La Paz,Roosevelt,Hidalgo,de las Flores".split(
    ","
)
CALLE_KINDS = "calle,Calle,avenida,Av.,la calle,bulevar,calzada".split(",")
TOWNS = "Chicago, IL 60623|Houston TX 77081|Los Angeles, CA 90011|Omaha, NE|Queens, NY 11373|Yakima WA 98902|Dalton, GA".split(
    "|"
)
USERS = "jperez85 rosa.tzoc nayeli_m el.wilber.2020 carpinteria-batz ana.l.garcia".split()
HOSTS = "gmail.com hotmail.com yahoo.com.mx outlook.es mail.example.org protonmail.com".split()
LINKS = (
    "https://portal.example.com/reset?token={hex}",
    "https://drive.google.com/file/d/1{hex}/view",
    "www.taxprep.example/login?email=ana%40x.com&session={hex}",
    "https://files.example.net/s/{hex}{hex}",
    "https://example.com/upload#access_token={hex}",
    "https://ana:{hex}@files.example.net/w7.pdf",
)

LEADS = {
    "en": ("", "Hi, ", "Quick question. ", "I filed for 2023 and ", "ok so i got a letter and "),
    "es": ("", "Hola, ", "Buenas tardes. ", "Declaré en 2023 y ", "oiga me llego una carta y "),
    "zh": ("", "你好，"),
    "pt": ("", "Olá, "),
    "ht": ("", "Bonjou, "),
    "fr": ("", "Bonjour, "),
    "vi": ("", "Xin chào, "),
    "ko": ("", "안녕하세요, "),
    "ar": ("", "مرحبا، "),
    "ru": ("", "Здравствуйте, "),
}
TAILS = {
    "en": (
        "",
        ", can ICE see it?",
        " and I need to know if it expired",
        ". What do I do?",
        " ok thanks",
    ),
    "es": (
        "",
        ", ¿lo puede ver ICE?",
        " y quiero saber si ya se venció",
        ". ¿Qué hago?",
        " gracias",
    ),
    "zh": ("", "，会过期吗？", "。怎么办？"),
    "pt": ("", ", e agora?", ". Está vencido?"),
    "ht": ("", ", kisa pou m fè?"),
    "fr": ("", ", que faire ?", ". Est-il expiré ?"),
    "vi": ("", ", tôi phải làm gì?"),
    "ko": ("", ", 어떻게 해야 하나요?"),
    "ar": ("", "، ماذا أفعل؟"),
    "ru": ("", ", что делать?"),
}
BARE = {
    "en": ("my number is {}", "it is {}", "the one they gave me, {}", "number {}", "({})"),
    "es": ("mi número es {}", "es el {}", "el que me dieron, {}", "número {}", "({})"),
    "zh": ("我的号码是{}", "号码：{}"),
    "pt": ("o meu número é {}", "é o {}"),
    "ht": ("nimewo mwen se {}", "se {}"),
    "fr": ("mon numéro est {}", "c'est le {}"),
    "vi": ("số của tôi là {}", "là {}"),
    "ko": ("제 번호는 {}입니다", "번호 {}"),
    "ar": ("رقمي هو {}", "الرقم {}"),
    "ru": ("мой номер {}", "номер {}"),
}
"""For numbers that show by themselves what they are."""

ANNOUNCED: dict[str, dict[str, tuple[str, ...]]] = {
    "passport": {
        "en": (
            "my passport number is {}",
            "passport {}",
            "Passport No. {}",
            "my passport (number {})",
        ),
        "es": (
            "mi pasaporte es {}",
            "pasaporte número {}",
            "el pasaporte No. {}",
            "mi pasaporte dice {}",
        ),
        "zh": ("我的护照号码是{}", "护照号：{}"),
        "pt": ("meu passaporte é {}",),
        "ht": ("paspò mwen se {}",),
        "fr": ("mon passeport est {}",),
        "vi": ("hộ chiếu của tôi là {}",),
        "ko": ("제 여권 번호는 {}입니다",),
        "ar": ("رقم جواز سفري {}", "جواز السفر رقم {}"),
        "ru": ("мой паспорт {}", "номер паспорта {}"),
    },
    "consular-id": {
        "en": ("my matricula consular is {}", "my consular ID number is {}", "matricula number {}"),
        "es": ("mi matrícula consular es {}", "matrícula {}", "la matrícula consular número {}"),
    },
    "licence": {
        "en": (
            "my driver's license is {}",
            "DL# {}",
            "license number {}",
            "my drivers license number is {}",
        ),
        "es": ("mi licencia de manejar es {}", "licencia de conducir número {}", "la licencia {}"),
        "zh": ("我的驾照号码是{}",),
    },
    "account": {
        "en": (
            "my bank account is {}",
            "account number {}",
            "acct # {}",
            "my checking account number: {}",
        ),
        "es": (
            "mi cuenta es {}",
            "número de cuenta {}",
            "la cuenta de banco es la {}",
            "mi cuenta de cheques {}",
        ),
        "zh": ("我的银行账号是{}",),
        "pt": ("minha conta é {}",),
        "fr": ("mon compte est {}",),
        "ru": ("мой счёт {}",),
    },
    "routing": {
        "en": ("the routing number is {}", "routing {}", "ABA {}"),
        "es": ("el número de ruta es {}", "ruta {}", "routing {}"),
    },
}
SPELLED = {
    "en": "zero one two three four five six seven eight nine".split(),
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve".split(),
}
TENS = {
    "en": "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
    "es": "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve".split(),
}
DECADES = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety".split(),
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(),
}
HUNDREDS = {
    "en": [f"{n} hundred" for n in "one two three four five six seven eight nine".split()],
    "es": "cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos".split(),
}
BETWEEN = {
    "en": (" dash ", ", then ", " and then ", " space "),
    "es": (" guion ", ", luego ", " y después ", " espacio "),
}

NAMED = {
    "en": (
        "my name is {}",
        "I am {}",
        "I'm {}",
        "this is {}",
        "my husband {}",
        "my wife, {},",
        "my client {}",
        "my neighbor {}",
        "my son {}",
        "Mr. {}",
        "a friend named {}",
        "my boss is {}",
        "My name's {}.",
        "name: {}",
    ),
    "es": (
        "me llamo {}",
        "mi nombre es {}",
        "soy {}",
        "mi esposo {}",
        "mi esposa, {},",
        "mi clienta {}",
        "mi vecino {}",
        "mi hijo {}",
        "la señora {}",
        "un amigo que se llama {}",
        "mi patrón es {}",
        "le habla {}",
        "nombre: {}",
    ),
}
ZH_NAMED = ("我叫{}", "我的名字是{}", "我丈夫{}", "我是{}", "我老板叫{}", "姓名：{}")
ZH_NAMES = "李建国 王小明 张伟 陈美玲 刘洋 黄志强 吴丽 赵文静 林国栋 周杰 徐晓梅 孙浩".split()
LIVES = {
    "en": (
        "I live at {}",
        "my address is {}",
        "they came to {}",
        "send it to {}",
        "we moved to {}",
    ),
    "es": (
        "vivo en {}",
        "mi dirección es {}",
        "vinieron a {}",
        "me lo mandan a {}",
        "nos mudamos a {}",
    ),
}
ZH_PLACES = "法拉盛缅街135号 洛杉矶市百老汇大道820号3楼 纽约市皇后区罗斯福大道4012号 旧金山市格兰特街77号2室".split()
ZH_LIVES = ("我住在{}", "我的地址是{}", "住在{}，")
BORN = {
    "en": (
        "my date of birth is {}",
        "born {}",
        "I was born on {}",
        "DOB {}",
        "my son was born {}",
        "birthday: {}",
    ),
    "es": (
        "mi fecha de nacimiento es {}",
        "nací el {}",
        "nacida el {}",
        "mi hijo nació el {}",
        "fecha de nacimiento: {}",
        "mi cumpleaños es el {}",
    ),
    "zh": ("我的出生日期是{}", "我生日是{}"),
}
MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
}
