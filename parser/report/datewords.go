package report

import "time"

// months are the names of the months in English, French, German, Spanish,
// Italian, Portuguese and Dutch, folded, with their usual abbreviations.
var months = map[string]time.Month{
	"january": 1, "jan": 1, "janvier": 1, "janv": 1, "januar": 1, "janner": 1, "enero": 1, "ene": 1,
	"gennaio": 1, "gen": 1, "janeiro": 1, "januari": 1,
	"february": 2, "feb": 2, "fevrier": 2, "fevr": 2, "februar": 2, "febrero": 2, "febbraio": 2,
	"fevereiro": 2, "fev": 2, "februari": 2,
	"march": 3, "mar": 3, "mars": 3, "marz": 3, "maerz": 3, "marzo": 3, "marco": 3, "maart": 3, "mrt": 3,
	"april": 4, "apr": 4, "avril": 4, "avr": 4, "abril": 4, "abr": 4, "aprile": 4,
	"may": 5, "mai": 5, "mayo": 5, "maggio": 5, "mag": 5, "maio": 5, "mei": 5,
	"june": 6, "jun": 6, "juin": 6, "juni": 6, "junio": 6, "giugno": 6, "giu": 6, "junho": 6,
	"july": 7, "jul": 7, "juillet": 7, "juil": 7, "juli": 7, "julio": 7, "luglio": 7, "lug": 7, "julho": 7,
	"august": 8, "aug": 8, "aout": 8, "agosto": 8, "ago": 8, "augustus": 8,
	"september": 9, "sep": 9, "sept": 9, "septembre": 9, "septiembre": 9, "setiembre": 9, "settembre": 9,
	"set": 9, "setembro": 9,
	"october": 10, "oct": 10, "octobre": 10, "oktober": 10, "okt": 10, "octubre": 10, "ottobre": 10, "ott": 10,
	"outubro": 10, "out": 10,
	"november": 11, "nov": 11, "novembre": 11, "noviembre": 11, "novembro": 11,
	"december": 12, "dec": 12, "decembre": 12, "dezember": 12, "dez": 12, "diciembre": 12, "dic": 12,
	"dicembre": 12, "dezembro": 12,
}

var (
	// ordinals end the number of a day.
	ordinals = []string{"st", "nd", "rd", "th", "er", "°", "º", ".", "e"}

	// fillers stand between a day and its month.
	fillers = []string{".", ",", "of", "de", "del", "di", "do"}

	// articles stand before a date.
	articles = []string{"the", "le", "au", "den", "dem", "zum", "el", "il", "al", "o", "a", "dia", "de", "su", "os", "dias", "los", "het", "de", "mit", "inclus", "including", "einschliesslich", "and"}

	// joins stand between the two dates of a span; the longer before the
	// shorter.
	joins = []string{
		"- -", "-", "t / m", "tot en met", "tot", "bis einschliesslich", "bis zum", "bis", "through to",
		"through", "thru", "until", "till", "up to", "to",
		"jusqu ' au", "au", "hasta el", "hasta", "al", "fino al", "fino a", "ate ao", "ate", "a",
	}

	weekdays = []string{
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri",
		"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
		"montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
		"lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo",
		"lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica",
		"segunda", "terca", "quarta", "quinta", "sexta", "feira",
		"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag",
	}
)

// betweens stand before the two dates of a span that one of ands joins.
var (
	betweens = []string{"between", "entre", "zwischen", "tra", "fra", "tussen"}
	ands     = []string{"and", "et", "und", "y", "e", "en"}
)

// agains stand after the day of the return where the verb comes last.
var agains = []string{"wieder", "zuruck", "terug", "weer", "back"}

// A cue is what the words before a date make of it.
type cue int

const (
	cueNone cue = iota
	cueFrom
	cueUntil
	cueBack // the first day at work again
)

// cues are the words before a date. The way back stands first: "again from".
var cues = []struct {
	cue   cue
	words []string
}{
	{cueBack, []string{"back"}},
	{cueBack, []string{"return"}},
	{cueBack, []string{"returning"}},
	{cueBack, []string{"again", "from"}},
	{cueBack, []string{"again", "on"}},
	{cueBack, []string{"resume"}},
	{cueBack, []string{"di", "nuovo"}},
	{cueBack, []string{"nuovamente"}},
	{cueBack, []string{"de", "volta"}},
	{cueBack, []string{"de", "nuevo"}},
	{cueBack, []string{"de", "novo"}},
	{cueBack, []string{"de", "nouveau"}},
	{cueBack, []string{"a", "nouveau"}},
	{cueBack, []string{"opnieuw"}},
	{cueBack, []string{"erneut"}},
	{cueBack, []string{"available", "from"}},
	{cueBack, []string{"retour"}},
	{cueBack, []string{"reviens"}},
	{cueBack, []string{"reviendrai"}},
	{cueBack, []string{"rentre"}},
	{cueBack, []string{"des", "le"}},
	{cueBack, []string{"joignable", "a", "partir", "du"}},
	{cueBack, []string{"wieder"}}, {cueBack, []string{"zuruck"}}, {cueBack, []string{"wieder", "ab"}},
	{cueBack, []string{"vuelvo"}},
	{cueBack, []string{"vuelta"}},
	{cueBack, []string{"regreso"}},
	{cueBack, []string{"regresare"}},
	{cueBack, []string{"volvere"}},
	{cueBack, []string{"reincorporo"}},
	{cueBack, []string{"reincorporare"}},
	{cueBack, []string{"rientro"}},
	{cueBack, []string{"rientrero"}},
	{cueBack, []string{"tornero"}},
	{cueBack, []string{"torno"}},
	{cueBack, []string{"ritorno"}},
	{cueBack, []string{"regresso"}},
	{cueBack, []string{"volto"}},
	{cueBack, []string{"voltarei"}},
	{cueBack, []string{"retorno"}},
	{cueBack, []string{"retornarei"}},
	{cueBack, []string{"regressarei"}},
	{cueBack, []string{"terug"}}, {cueBack, []string{"weer"}},
	{cueUntil, []string{"until"}},
	{cueUntil, []string{"till"}},
	{cueUntil, []string{"through"}},
	{cueUntil, []string{"up", "to"}},
	{cueUntil, []string{"jusqu", "'", "au"}}, {cueUntil, []string{"jusqu", "'", "a"}}, {cueUntil, []string{"jusque"}},
	{cueUntil, []string{"bis"}},
	{cueUntil, []string{"hasta"}},
	{cueUntil, []string{"fino"}},
	{cueUntil, []string{"ate"}},
	{cueUntil, []string{"tot"}},
	{cueUntil, []string{"t", "/", "m"}},
	{cueFrom, []string{"from"}},
	{cueFrom, []string{"starting"}},
	{cueFrom, []string{"since"}},
	{cueFrom, []string{"as", "of"}},
	{cueFrom, []string{"a", "partir"}},
	{cueFrom, []string{"depuis"}},
	{cueFrom, []string{"du"}},
	{cueFrom, []string{"ab"}},
	{cueFrom, []string{"vom"}},
	{cueFrom, []string{"seit"}},
	{cueFrom, []string{"desde"}}, {cueFrom, []string{"dal"}}, {cueFrom, []string{"vanaf"}}, {cueFrom, []string{"sinds"}},
}

// language tells English from the others, by its small words: it is the one
// that may write the month first.
func language(ws []string) string {
	n := 0
	for _, w := range ws {
		switch w {
		case "the", "and", "will", "my", "your", "of", "office":
			n++
		case "le", "und", "der", "el", "il", "het", "que", "ich", "je", "de":
			n--
		}
	}
	if n > 0 {
		return "en"
	}
	return ""
}
