"""Words that tell names from other words; folded. None of these lists is complete, nor need be: they settle doubt only."""

GIVEN = frozenset(
    """
    aaron abel abigail abraham adan adela adelaida adrian adriana agustin ahmed aida alan alba alberto aldo alejandra alejandro alex
    alexis alfonso alfredo ali alicia alma alonso alvaro amalia amanda amelia ana anabel anahi andrea andres andrew andy anel angela
    angelica anita anna anthony antonia antonio araceli aracely ariel armando arturo ashley aurelio aurora bartolome beatriz belen
    benito benjamin bernardo berta bertha betty bianca blanca boris brandon brenda brian bruno camila candelaria carla carlos carmelo
    carmen carol carolina catalina cecilia celia cesar chen christian christopher cindy claudia clemente concepcion consuelo cristian
    cristina cristobal cynthia dalia damian daniel daniela danilo dario david dayana delfina delia delmy denis dennis diana diego dina
    dinora dolores domingo donald dora doris dulce edgar edith eduardo edwin elba elena eleazar elias elisa eliseo elizabeth eloy elsa
    elvia elvira emanuel emilia emiliano emilio emma enrique erica eric erick erika ernestina ernesto esmeralda esteban estela esther
    eugenia eugenio eva evelyn ezequiel fabian fabiola fatima federico felicia felipe felix fermin fernanda fernando flavio florencia
    francis francisca francisco franklin freddy frida gabriel gabriela genaro george gerardo german gilberto giovanni gladys gloria
    gonzalo graciela gregorio griselda guadalupe guillermo gustavo hassan hector heidi helen henry heriberto hernan hilda hugo humberto
    ibrahim ignacio ileana imelda ines ingrid irene iris irma isabel isaias isaac isaura ismael israel itzel ivan ivette jacinto jackeline
    jacob jaime james janet jasmine javier jean jeffrey jennifer jeremias jesica jessica jesus jimena joao joaquin joel john johnny jonathan
    jorge jose josefa josefina joseph joshua josue juan juana juanita julia julian juliana julieta julio justin karen karina karla katherine
    kathy keila kenia kevin kim laura leandro leonardo leonel leonor leslie leticia lidia liliana lilia linda lisa lizbeth lorena lorenzo
    lourdes lucas lucero lucia luciana luis luisa lupe lupita luz magdalena manuel manuela marcela marcelino marcelo marcos margarita
    maria mariana maribel maricela maricruz mariela mario marisol maritza marlene marlon marta martha martin martina mary mateo matias
    mauricio maximo mayra mayte melissa mercedes michael michelle miguel milagros minerva miriam misael moises mohamed mohammed monica
    nadia nancy natalia nelson nestor nicolas nicole nina noe noemi nora norma octavio odilia ofelia olga olivia omar oscar oswaldo
    pablo pamela paola patricia patricio paul paula paulina paulo pedro perla peter petra pilar priscila rafael rafaela ramiro ramon
    ramona raquel raul rebeca refugio regina reina rene reyna ricardo richard rigoberto roberta roberto robert robin rocio rodolfo rodrigo
    rogelio roger rolando roman romina ronald rosa rosalba rosalia rosario rosaura roxana ruben rufino ruth ryan sabrina salomon salvador
    samantha samuel sandra santiago santos sara sarah saul sebastian selena sergio silvia simon sofia sonia stephanie steven susana
    tania tatiana tereza teresa thomas tomas trinidad ulises uriel valentin valentina valeria vanessa veronica vicente victor victoria
    vilma violeta viviana walter wendy wilfredo william wilmer wilson ximena yadira yahir yesenia yolanda yuridia zacarias zoila zulema
    mei wei ming ling xin jing jun fang hong nguyen thi minh linh hoa
    """.split()
)
"""Given names that people who ask are often called by. Those that are also towns, months or common words are left out."""

SURNAMES = frozenset(
    """
    acosta aguilar aguilera aguirre alarcon alfaro alvarado amaya andrade angeles aparicio aquino arce arellano arias arreola arroyo avalos
    avila ayala bahena barajas barrera barrientos barrios bautista becerra beltran bermudez bernal bonilla borja bravo briones bueno bustamante
    bustos caballero cabrera calderon camacho campos cano cantu cardenas cardona carranza carrasco carrillo casas castaneda castellanos castillo
    castro cazares ceballos cedillo cerda cervantes cervantez cisneros contreras cordero cordova corona coronado correa cortes cortez cruz cuellar
    cuevas davila deleon delgado duarte duran elizondo escamilla escobar escobedo esparza espinosa espinoza estrada fajardo farias felix figueroa flores
    franco frias fuentes gaitan galarza galindo gallardo gallegos galvan gamboa garcia garza godoy granados guajardo guerra guerrero guevara
    guillen guzman haro herrera hinojosa huerta hurtado ibarra jaramillo juarez lara leal ledesma leon leyva lima limon lozano lucero lugo luna
    macias magana maldonado marin marquina marroquin mata mayorga medina medrano mejia melgar mena mendoza mercado meza miranda molina monroy montalvo
    montes montoya mora morales moran moreno mosqueda moya munguia munoz murillo najera nava navarrete navarro nieto nolasco novoa ocampo ochoa
    ojeda olivares olivas olvera ontiveros orellana oropeza orozco orta ortega ortiz osorio otero pacheco padilla palacios palma parra pascual
    patino paz pena peralta pineda pinto plascencia ponce portillo prado prieto puente puga quezada quintana quintanilla quintero quiroga quispe
    ramos rangel recinos rendon rentas resendiz reyes reyna rico rincon rios rivas rivera robledo robles rocha rojas roman romero romo rosales rosario rosas
    rubio ruiz saavedra salas salazar salcedo saldana salgado salinas salmeron samaniego sandoval santana santiago santillan santos segovia segura
    sepulveda serna serrano sierra silva solano solis solorzano soria sosa sotelo soto tapia tejada tejeda tellez tello tobar toledo toribio torres
    tovar trejo trujillo ulloa urbina uribe urrutia valadez valdivia valencia valenzuela valle vallejo varela vargas vega vela velasco velazco
    venegas vera viera vigil villa villalobos villanueva villareal villarreal villasenor villegas yanez zamora zamudio zapata zaragoza zarate zavala
    zepeda zuniga smith johnson williams brown jones miller davis wilson anderson taylor moore jackson thompson white harris clark lewis robinson
    walker hall king wright adams nelson baker carter mitchell roberts turner phillips evans parker collins edwards stewart murphy kelly
    li wang zhang liu chen yang huang zhao zhou wu xu sun zhu lin nguyen tran pham hoang kim lee park choi jung singh kaur patel khan hussain
    ahmed silva souza oliveira santos pereira costa ferreira almeida jean pierre baptiste joseph louis ivanov petrov popov
    """.split()
)
"""Family names of the same people, as far as their ending does not show them."""

OTHER = frozenset(
    """
    a able about afraid after again all alone already also always am an and any are as ask asking at back be because been before behind being
    both but by call called calling came can cannot cant citizen come could currently deported detained did didnt divorced do does doesnt doing
    done dont each ever every feel few file filed files filing first fine for from full get getting gets go goes going good got had has have
    having he hello help her here hi hoping how husband i if im in interested into is it its itin just know last late legal like live lives
    living looking lost made make making many married me more most mother moved much my need needed needs never new no none not now of off ok
    old on one only or other our out over paid pay paying please pretty quite really receive received right said same scared self she should
    single so some someone sorry still sure taking tax taxes than thank thanks that the their them then there these they this those to too
    tried trying two uncertain undocumented unemployed unsure until up us use used using very visa want wanted was we went were what when where
    whether which while who whose why will with without wondering work worked working works worried would wrong yes yet you your years year
    misspelled incorrect misspelt mal equivocado equivocada diferente distinto
    dependent eligible resident nonresident alien student tourist worker owner homeless disabled retired pregnant wondering contractor landlord
    cleaner driver nanny cook waiter painter gardener farmworker immigrant dreamer taxpayer preparer owed sent lied told claims claimed says say
    earned earns lost stopped refused passed died left arrived stays got signed gave took threatened hit owes owns started

    actualmente ahora alguien algo alla alli amigo aqui asi asustada asustado aun ayer ayuda bien buena bueno buenas buenos cada casada casado
    casi ciudadana ciudadano como con contribuyente creo cual cuando cuanto cuyo da daba de debe debo declara declaro deben del desde despues dice
    dicen dio divorciada divorciado donde dueno e el ella ellas ellos empleada empleado en entonces entre era es esa ese eso esta estaba
    estamos estan estas este esto estos estoy estudiante estuvo falta fue fueron gana gano gracias ha hace hacer hacia han hasta hay he hermano
    hijo hola hoy igual ilegal indocumentada indocumentado inmigrante ir jornalero juntos la las le les llego llegue lo los madre mal mama mas
    mayor me menor mexicana mexicano mi miedo mientras mio mis muerto muy nada necesita necesito ni nino no nomas nos nosotros nueva nuevo nunca o
    otra otro padre paga pago papa para pero persona pienso poco por porque preparador pues puede pueden puedo que quien quiere quiero quisiera recibe
    recibio residente sabe se sea sera si siempre sin sobre sola solo soltera soltero somos son soy su sus tal tambien tampoco tan tanto
    tener tenemos tengo tenia tiene tienen toda todavia todo todos trabaja trabajador trabajamos trabajando trabajo trabaja tramita tu turista
    tuvo u un una uno usa usted va vamos ver viene vino visa vive vivimos vivo voy y ya yo murio perdio mando salio entro hizo firmo
    debia quedo presento presenta declaramos nacio gasta manda ocupa hablo hablando llamo llamando escribo sigue cobra cruzo nunca pide gane
    demasiado completamente practicamente parte beneficiaria beneficiario duena jefe obrero mesera campesino cocinero chofer nana ama viuda viudo
    """.split()
)
"""Words that follow an introduction and are no name: "I am undocumented", "mi esposo trabaja"."""

GROUPS = frozenset(
    """
    bangladeshi pakistani nepali nepalese indian afghan iraqi iranian nigerian ghanaian kenyan ethiopian thai cambodian laotian burmese japanese polish italian german french british canadian spanish portuguese turkish arab muslim jewish indigenous native maya mixtec bank legal aid social security internal revenue department united states public new north south university school church center centro banco consulado consulate embassy embajada apple citizen certifying acceptance agent form publication notice
    american americana americano mexican honduran guatemalan salvadoran salvadorean chinese colombian venezuelan brazilian haitian indian
    filipino vietnamese korean cuban dominican peruvian ecuadorian nicaraguan russian ukrainian african asian latino latina latinx hispanic hispano hispana
    hondureno hondurena guatemalteco guatemalteca salvadoreno salvadorena colombiano colombiana venezolano venezolana peruano peruana
    ecuatoriano ecuatoriana nicaraguense cubano cubana dominicano dominicana haitiano haitiana brasileno brasilena chino china filipina
    argentino argentina boliviano boliviana chileno chilena panameno panamena catholic christian cristiano cristiana daca tps ice irs uscis dhs cbp ssa vita litc
    tas itin ssn ein usa us eeuu uber lyft doordash walmart amazon mcdonalds costco google target medicaid medicare snap cpa caa
    january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miercoles jueves viernes sabado domingo
    texas california florida mexico honduras guatemala salvador venezuela colombia peru ecuador nicaragua haiti brazil cuba chicago houston
    form formulario seccion section court corte congress congreso president presidente judge juez dios god trump biden obama vance noem bondi bessent homan sheinbaum bukele maduro milei
    """.split()
)
"""Peoples, offices, firms, months and places: written with a capital and yet nobody's name."""

PARTICLES = frozenset(
    "de del la las los da das do dos e y van von der bin al el san santa st".split()
)

HAN_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹喻苏潘葛范彭鲁韦马苗凤俞袁柳鲍史唐费薛雷贺倪汤殷罗毕郝邬安乐傅卞齐康伍余顾孟"
    "黄穆萧尹姚邵汪祁毛狄戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席贾江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞柯卢莫房缪解应宗丁宣邓郁洪包左石崔龚程裴陆荣翁荀羊甄曲封靳段"
    "叶黎薄印白蒲邰赖卓蔺屠乔闻党翟谭劳姬申冉雍桑桂牛边尚温庄柴瞿阎连习艾鱼容向古易廖庾终暨步都耿满弘匡国文寇广欧沃利蔚越刘程任方侯龙武文师巩聂晁冷辛阚简饶曾关查荆游权盖"
)
"""The common ones of the Hundred Family Surnames."""
HAN_NEXT = "了没有在是的和想要能可也不被去来给把说叫会还就都已从跟与用报工今现因为上下个住拿收寄到做打申丢过需应该之"
"""Characters that begin what follows a name."""
