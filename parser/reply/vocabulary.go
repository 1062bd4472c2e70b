package reply

import "strings"

// A class is what a word can be in the line that introduces a quotation.
type class uint8

const (
	opener   class = 1 << iota // may stand before the date: On, Le, W dniu
	month                      // a month's name, or the word for month, year or day
	weekday                    // its name, an abbreviation, or a part of it: segunda feira
	verb                       // wrote, a écrit, schrieb
	particle                   // other words of such a line: at, um, alle ore, Uhr
	prose                      // words that show a sentence and not such a line
)

// words holds the vocabulary of attribution lines by folded word.
var words = vocabulary(map[class]string{
	opener: `on at in
		le am el il em no op den på i pe la
		w dnia dniu dne dana data dia giorno
		στις την ημέρα в у 在 于 於 في בתאריך יום vào`,

	month: `january february march april may june july august september october november december
		jan feb mar apr jun jul aug sep sept oct nov dec
		janvier février mars avril mai juin juillet août septembre octobre novembre décembre
		janv févr fév avr juil déc
		januar jänner februar märz juni juli oktober dezember jän mär mrz okt dez
		enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre
		diciembre ene abr ago dic
		gennaio febbraio aprile maggio giugno luglio settembre ottobre novembre dicembre
		gen mag giu lug set ott
		janeiro fevereiro março maio junho julho setembro outubro novembro dezembro fev out
		januari februari maart mei augustus mrt
		stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października
		listopada grudnia sty lut kwi cze lip sie wrz paź lis gru
		maj augusti marts desember des
		tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta
		syyskuuta lokakuuta marraskuuta joulukuuta tammik helmik maalisk huhtik toukok kesäk
		heinäk elok syysk lokak marrask jouluk
		ledna února března dubna května června července srpna září října listopadu prosince
		led úno bře dub kvě čvn čvc srp zář říj pro
		január február március április május június július augusztus szeptember október
		febr márc ápr máj jún júl szept
		ianuarie februarie martie aprilie iunie iulie septembrie octombrie noiembrie decembrie
		ian iun iul noi
		ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου
		οκτωβρίου νοεμβρίου δεκεμβρίου ιαν φεβ μαρ απρ μαΐ ιουν ιουλ αυγ σεπ οκτ νοε δεκ
		января февраля марта апреля мая июня июля августа сентября октября ноября декабря
		янв февр фев мар апр июн июл авг сент сен окт нояб ноя дек
		січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
		січ лют бер квіт трав черв лип серп вер жовт лист груд
		ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
		oca şub nis haz tem ağu eyl eki kas ara
		يناير فبراير مارس أبريل ابريل مايو يونيو يوليو أغسطس اغسطس سبتمبر أكتوبر اكتوبر نوفمبر ديسمبر
		كانون شباط آذار نيسان أيار حزيران تموز أيلول تشرين
		sij velj ožu tra svi kol ruj stu siječnja veljače ožujka travnja svibnja lipnja kolovoza rujna studenoga prosinca
		ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
		בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר
		tháng 年 月 日 년 월 일`,

	weekday: `monday tuesday wednesday thursday friday saturday sunday
		mon tue tues wed thu thur thurs fri sat sun
		lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim
		montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
		mo di mi do don fr sa so
		lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom
		lunedì martedì mercoledì giovedì venerdì gio sab
		segunda terça quarta quinta sexta feira seg ter qua qui sex
		maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo
		poniedziałek wtorek środa środę czwartek piątek sobota sobotę niedziela niedzielę
		pon wt śr czw pt niedz pn sob
		måndag tisdag onsdag torsdag fredag lördag söndag mån tis ons tors tor fre lör sön
		mandag tirsdag lørdag søndag man tir lør søn
		maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai
		maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina
		ti ke to pe la su
		pondělí úterý středa středu čtvrtek pátek neděle neděli po út st čt pá ne
		hétfő kedd szerda csütörtök péntek szombat vasárnap szo sze cs csüt
		luni marți miercuri joi vineri sâmbătă duminică mie joi vin sâm dum
		δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή δευ τρι τετ πεμ παρ σαβ κυρ
		понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
		понеділок вівторок середа четвер п'ятниця субота неділя нд
		pazartesi salı çarşamba perşembe cuma cumartesi pazar pzt sal çar per cum cmt paz
		pon uto sri čet pet sub ned uto štv pia
		א ב ג ד ה ו ש שבת ראשון שני שלישי רביעי חמישי שישי
		الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد`,

	verb: `wrote writes says said quoting écriviez écrivais zitat citando citation citaat écrit écrite écrivait schrieb schreibt geschrieben
		escribió escribe escribieron scritto scrive scriveva escreveu escreve escrito
		schreef schrijft geschreven napisał napisała napisał(a) napisała(a) pisze napisano napisana
		skrev skriver skrevet kirjoitti kirjoittaa napsal napsala napsal(a) píše
		írta írt scris scrie έγραψε γράφει
		написал написала написал(а) пишет писал писала пише написав написала писав
		yazdı yazmış كتب كتبت viết 작성
		napisao napísal napísala napísal(a) escriure написа kirjutas rašė rakstīja menulis כתב כתבה`,

	particle: `at am pm a.m p.m th st nd rd gmt utc cet cest est edt cst pst pdt bst mez mesz
		by from of the on behalf via reply et al
		à a le la les de du des da das dos del della di do d
		er ère h s m van vom von um uhr hat folgendes dem den
		alle ore ha las as às dia el los lor por par pela przez
		om het heeft volgende folgende od o godz godzinie kl kello klo från fra the av af
		v ve ob lor ezt következőt időpont időpontban dátummal odesílatel użytkownik następujące
		el στις ώρα π.μ μ.μ ο η το χρήστης
		в об о г р року года год пользователь користувач
		saat tarihinde şunu şunları yazan
		الساعة ص م بو đã lúc vào 오전 오후 님이 je osoba u`,

	prose: `i he she we they my your his her our their me him us them that which who when if because
		was were are has have had will would could should not but and this these those it its
		je il elle nous ils elles mon ma mes ton ta tes son sa ses notre votre nos vos leur
		que qui quand si parce était sont avons mais cette ces dans pour avec pas ne m'a m'ont l'a lui
		t'a vous'a nous'a
		ich du er sie wir ihr mein meine meinem dein deine sein seine unser unsere euer eure mir mich
		dass und aber nicht wenn weil war hatte haben
		yo él ella nosotros mi tu su nuestro nuestra pero cuando porque me nos
		io lei noi mio mia suo sua nostro nostra quando perché però mi ci
		eu ele ela nós meu minha seu sua nosso nossa mas quando porque
		ik jij hij zij wij mijn jouw zijn haar ons onze maar omdat`,
})

// scriptless holds the verbs of languages that put no space between words.
var scriptless = []string{"写道", "寫道", "书写", "書きました", "のメール", "のメッセージ", "เขียน", "작성", "写了"}

func vocabulary(lists map[class]string) map[string]class {
	all := map[string]class{}
	for c, list := range lists {
		for _, w := range strings.Fields(list) {
			all[fold(w)] |= c
		}
	}
	return all
}
