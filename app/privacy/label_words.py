"""What people call their documents, accounts and phones, in the languages they ask in; folded (`views.View.folded`).

English and Spanish first, then Chinese, Portuguese, French, Haitian Creole, Vietnamese, Korean, Arabic and Russian. Each entry
is a regular expression without groups that capture.
"""

from app.privacy.kinds import Kind

LABELS: dict[Kind, str] = {
    Kind.ITIN: "itin|individual taxpayer|taxpayer id(?:entification)?(?: number| #)?|numero de contribuyente|税号|个人税号|납세자 ?번호|инн",
    Kind.ATIN: "atin|adoption taxpayer",
    Kind.SSN: "ssn|ss ?#|ss number|social security(?: number| card| no| #)?|my social|social (?:is|number|number is)|soc sec"
    "|n\\.?s\\.?s|seguro social|seguro social numero|numero de seguro|numero de social|mi social|el social|seguro es|seguranca social"
    "|社会安全号码?|社安号码?|社会保险号|工卡号|社安|securite sociale|numero de secu|sekirite sosyal|an sinh xa hoi"
    "|사회보장 ?번호|소셜 ?번호|소셜|الضمان الاجتماعي|social security|сошиал|соцстрах|социального страхования|социальный номер",
    Kind.EIN: "ein|fein|employer id(?:entification)?(?: number| no| #)?|federal tax id|business tax id|numero de (?:empleador|patron|identificacion patronal)"
    "|雇主识别号|雇主税号|雇主号码",
    Kind.PTIN: "ptin|preparer tax id",
    Kind.A_NUMBER: "a[- ]?number|a[- ]?num|a[- ]?#|alien (?:registration )?(?:number|no|#)|alien|uscis (?:number|no|#)|registration number"
    "|numero a|numero de (?:extranjero|registro de extranjero|alien|uscis)|外国人(?:登记)?号码?|a号码?|外侨号码?|numero de estrangeiro"
    "|numero d'etranger|nimewo etranje|so ngoai kieu|so a|외국인 ?(?:등록)? ?번호|رقم الاجنبي|رقم المهاجر|номер иностранца|a-номер",
    Kind.RECEIPT: "receipt(?: number| no| #)?|uscis case|case number|numero de (?:recibo|caso)|收据号码?|收据|案件号码?|numero do recibo"
    "|numero de recu|nimewo resi|so bien nhan|접수 ?번호|رقم الايصال|رقم الإيصال|номер (?:квитанции|дела)",
    Kind.PASSPORT: "passport(?: number| no| #)?|pasaporte|护照号码?|护照|passaporte|passeport|paspo|ho chieu|여권 ?번호|여권|جواز(?: ال?سفر)?|загранпаспорта?|паспорта?",
    Kind.CONSULAR: "matricula(?: consular)?|consular (?:id|card|registration)|cedula consular|领事(?:证|身份证|登记证)|carte consulaire|kat konsila",
    Kind.LICENCE: "driv(?:er|ing|er'?s|ers) licen[sc]e(?: number| no| #)?|licen[sc]e (?:number|no|#)|d\\.?l\\.? ?(?:#|number|no)?|license"
    "|licencia(?: de (?:conducir|manejar|conductor))?|state id|identificacion del estado|驾照号码?|驾照|驾驶证号?|carteira de motorista|cnh"
    "|permis(?: de conduire)?|lisans|bang lai(?: xe)?|운전 ?면허(?:증)?(?: ?번호)?|رخصة(?: ال?قيادة)?|(?:водительск\\w+ )?прав(?:а|)|водительск\\w+ удостоверени\\w+",
    Kind.CARD: "(?:credit|debit|visa|mastercard|amex|bank|prepaid)(?: card)?|card(?: number| no| #)?|tarjeta(?: de (?:credito|debito))?|信用卡号?|银行卡号?|借记卡号?|卡号"
    "|cartao|carte(?: bancaire| de credit)?|kat (?:kredi|labank)|the tin dung|so the|카드 ?번호|카드|بطاقة|карт[аыуе]",
    Kind.ROUTING: "routing(?: number| no| #)?|aba(?: number)?|rtn|(?:numero de )?ruta(?: bancaria)?|numero de (?:ruta|transito|routing)|(?:汇款)?路由号码?|银行代码"
    "|numero de roteamento|numero de routage|라우팅 ?번호|رقم التوجيه|маршрутный номер",
    Kind.ACCOUNT: "(?:bank |checking |savings )?(?:account|acct)(?: number| no| #|\\.)?|checking|savings|(?:numero de )?cuenta(?: de (?:banco|cheques|ahorros)| bancaria)?|clabe|iban"
    "|(?:银行)?账[号户]|帐[号户]|conta(?: bancaria| corrente)?|compte(?: bancaire)?|kont(?: labank)?|tai khoan(?: ngan hang)?|계좌 ?번호|계좌|حساب(?:ي)?(?: ال?بنكي)?|сч[её]та?",
    Kind.IDENTITY: "(?:national |voter |student |photo )?id(?: number| card| no| #)|identification number|identity (?:card|number)|cedula|dni|dui|dpi|ine|ife|curp|rfc|cpf|rg|nit|nif|cui|ced"
    "|credencial(?: de elector)?|numero de (?:identidad|identificacion|documento)|clave de elector|身份证号码?|身份证|identidade|carte d'identite|kat idantite|cin"
    "|can cuoc|cmnd|cccd|주민(?:등록)? ?번호|신분증|الهوية|رقم قومي|удостоверени\\w+",
    Kind.PHONE: "(?:cell|mobile|home|work)? ?(?:phone|telephone)(?: number| no| #)?|cell(?: number)?|mobile(?: number)?|tel|telf?|ph|fax|(?:call|text|reach|contact) (?:me|her|him|us)(?: at| on)?"
    "|(?:my|his|her|their|work|home) number|telefono|tel[ef]|cel|celular|movil|whats ?app|wasap|marqu?eme(?: al)?|llam(?:en?me|ame|enos)(?: al)?|escrib[ae]me al"
    "|comuniquese al|mi numero|su numero|电话号码?|电话|手机号码?|手机|打给我|微信号?|telefone|celular|ligue(?: para)?|telephone|portable|appelez[- ]moi(?: au)?|telefon|rele m|nimewo(?: telefon)?"
    "|dien thoai|so dt|sdt|전화 ?번호|전화|핸드폰(?: ?번호)?|휴대폰|هاتف(?:ي)?|رقمي|تلفون(?:ي)?|جوال(?:ي)?|телефона?|звоните|номер",
}

DIGITS: dict[Kind, tuple[int, int]] = {
    Kind.ITIN: (7, 9),
    Kind.ATIN: (7, 9),
    Kind.SSN: (7, 9),
    Kind.EIN: (7, 9),
    Kind.PTIN: (7, 8),
    Kind.A_NUMBER: (7, 9),
    Kind.RECEIPT: (8, 10),
    Kind.PASSPORT: (6, 12),
    Kind.CONSULAR: (6, 12),
    Kind.LICENCE: (5, 16),
    Kind.CARD: (12, 19),
    Kind.ROUTING: (8, 9),
    Kind.ACCOUNT: (6, 24),
    Kind.IDENTITY: (6, 20),
    Kind.PHONE: (7, 15),
}
"""The fewest and most digits of a number of the kind; fewer are a count, a year or a form."""

CONNECTORS = (
    "is|are|was|no|num|number|numbers|nr|it|it's|its|that|the|a|my|mine|of|for|card|id|on|at|which|reads|says|here|to|me|in|full|whole|complete|i|gave|used|use|with|under|from"
    "|es|son|era|esta|este|numero|el|la|mi|mio|mia|de|del|que|con|al|lo|su|tengo|dice|fue|completo|aqui|un|una|termina"
    "|e|o|meu|minha|do|da|est|le|mon|se|so|nan|cua|toi|mwen|li|nimewo|это|мой|моя|мои|номер|هو|رقم|رقمي"
)
