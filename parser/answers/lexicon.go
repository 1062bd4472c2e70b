package answers

import "strings"

// set makes a set of the words of a text.
func set(text string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(text) {
		m[w] = true
	}
	return m
}

// The words below are folded: small letters, no accents, and an elided word
// ("j'", "don't") without its apostrophe, in two.
var (
	// fillers may stand around an answer without changing it.
	fillers = set(`
		i d m s it its is be am are would could should can let say think guess suppose believe find feel go going choose pick take prefer
		preferably prefered preferred like love want rather mostly mainly usually generally normally typically often probably maybe
		perhaps possibly simply just only really quite very more most least best better fine good great perfect ideal ideally nice lovely
		ok okay well please yes yeah that the a an by at on in of to for with as we us our me my mine option answer choice letter number
		response pls plz anyway anyhow case cas idc then first eventuellement allez either soit instant moment devrait doit dois faudrait
		preference fois time genre here what suis these those them offer offrir proposer peux peut pouvons pourrais pourrait ne n tu te
		toi ton ta tes and put mets mettez mettrais note notez abord puis ensuite so about around roughly approximately within inside
		under up definitely certainly enough plenty suit suits work works do easiest easier simplest simple convenient comfortable happy
		welcome useful helpful also if help helps somewhere level ish sounds seems right looking need some kind thing one maximum minimum
		max min all both hi hello je j moi mon ma mes nous l le la les un une des du de en par au aux pour avec sur dans sous ce c cela ca
		est serait sera sont seraient va irait iront vais pense penses crois dirais dire choisis choisirais prends prendrais prefere
		prefererais aime aimerais voudrais souhaite souhaiterais veux plutot surtout principalement generalement general habitude
		idealement parfait parfaite parfaitement bien tres bon bonne mieux plus convient conviendrait conviennent suffit suffirait
		suffisant oui svp stp plait il reponse choix lettre numero environ etre donc alors voici autour niveau gentiment bienvenu
		bienvenue utile possible si que qui qu et aussi juste seulement vraiment assez tout toujours avant cherche recherche besoin envie
		reponds repond reply respond bonjour bonsoir salut volontiers sans doute accord suffira conviendra semble parait`)

	// acting words are what a pair does, in any way and at any pace: beside an
	// option in a sentence they say no more.
	acting = set(`write writing talk talking speak speaking chat chatting exchange exchanging correspond communicate hear touch keep keeping stay
		contact than instead over preferred choice each other together start begin starting manage
		ecrire ecrive ecrivions ecrivait parler parle parlions se echanger echangions echange echanges discuter discute voir rencontrer communiquer correspondre
		contacter contact contacts on fasse faire commencer partir finalement actually honestly franchement avoir ait ensemble gerer moyen canal mode facon maniere preferee`)

	// thanking words follow an answer, and begin a sentence that is none.
	thanking = set("thanks thank thx cheers merci mercis remerciements")

	// denials turn what stands beside them round.
	denials = set(`not no never without cannot cant dont t nor neither except
		pas sans jamais ni non sauf aucun aucune hormis unable hate avoid eviter deteste
		beyond impossible difficult difficile compliquee complique hard hopeless bad worst awkward mal mauvais mauvaise`)

	// faults are those that look back as well: "the phone is hopeless".
	faults = set("beyond impossible difficult difficile compliquee complique hard hopeless bad worst awkward mal mauvais mauvaise")

	// wishes make a sentence one about what the writer wants.
	wishes = set(`suffira conviendra semble parait could pourrions pourrait realistic realiste manageable gerable favourite favorite preference realistically happily gladly love lovely great good okay ok plairait plairaient need needs faut disons plaisir wish wishes manage afford commit tenir engager engage happiest happier comfortable aise would d prefer preferred suit suits perfect ideal ideally fine works best looking want enough plenty happy
		prefere prefererais aimerais voudrais souhaite souhaiterais convient conviendrait conviendraient irait ideal parfait
		parfaite idealement cherche recherche suffit suffirait serait seraient veux mieux rather plutot`)

	// past and future make it one about what was, or will be done.
	past = set(`was were had did met told said ago last yesterday used previous will ll shall until
		etait etais avait avais eu hier dernier derniere dit disait voyais jusqu jusque repondrai
		vais ferai enverrai reviendrai ecrirai tarderai`)

	// future are those of them that promise.
	future = set("will ll shall repondrai ferai ecrirai vais")

	// lookalikes are real words one letter away from one of an answer.
	lookalikes = set(`dejeune dejeunons quartier better latter remainder weakly letter ecrite ecrits decrit appeal apparel seating yield cellar
		voudrait voudraient aimerait pourrait offert offers learns leaned apprend apprends apprenez locale vocal focal regards egard menteur mentir journal journee quelle quelque chaine`)

	// numbers are those written as words.
	numbers = map[string]int{
		"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
		"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
	}

	// ordinals are those written as words.
	ordinals = map[string]int{
		"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
		"premier": 1, "premiere": 1, "deuxieme": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4,
		"cinquieme": 5, "sixieme": 6, "septieme": 7, "huitieme": 8,
	}

	// suffixes make an ordinal of digits: 1st, 2e, 3ème.
	suffixes = set("st nd rd th er ere e eme ieme re")

	// doubts say that there is no answer yet, or none at all.
	doubts = phrases(`aucun avis|aucune opinion|sans opinion|no opinion|whatever she|whatever he|whatever they|whatever my|up to her|up to him|up to them|as she|as he|as they|selon lui|selon elle|comme il|comme elle|if i were|if i was|if i had|si j avais|si j etais|dunno|jsp|sais pas|no clue|no preference yet|not sure|unsure|no idea|not decided|undecided|to be decided|tbd|idk
		i don t know|i do not know|don t know|do not know|hard to say|it depends|depends|depend
		pas sur|pas sure|pas certain|pas certaine|aucune idee|pas d idee|sans avis|pas decide|pas decidee|nsp
		je ne sais pas|je sais pas|ne sais pas|j hesite|difficile a dire|ca depend|cela depend|cela dependra|ca dependra
		chais pas|j sais pas|jsais pas|pas d avis|je ne suis pas sur|je ne suis pas sure|je ne suis pas certain|je ne suis pas certaine`)

	// empty is a text that says nothing, or commands the relay by one word.
	empty = phrases(`no preference|no strong preference|pas de preference|sans preference|peu importe|whatever|as you like|as you wish|as you prefer|as often as you like
		up to you|you decide|you choose|comme vous voulez|comme tu veux|comme vous preferez|comme vous le souhaitez|a vous de voir|a votre convenance|aussi souvent que vous voulez
		later|pass|skip|no opinion|will see|we will see|we ll see|plus tard|a voir|on verra|je passe|pas encore|nothing|none|n a|na|nil|no|not yet|nope|see above|same|same as above|same as before|as above|idem|ditto
		help|stop|resume|end|report|export|forget|aide|reprendre|fin|signaler|exporter|oublier
		nothing yet|nothing much|nothing for now|nothing special|nothing comes to mind
		rien|rien pour l instant|rien de special|rien de particulier|neant|non|aucun|aucune|voir plus haut|voir ci dessus|comme ci dessus
		je ne vois pas|je ne vois pas encore|rien ne me vient`)

	// put off is what comes instead of an answer.
	putOff = phrases(`will answer|ll answer|will reply|ll reply|will respond|ll respond|get back to you|will write|ll write|will think
		ll think|out of the office|out of office|on leave|on holiday|on vacation|away until|no longer interested|unsubscribe
		will come back|ll come back|let me think|have not had time|haven t had time|received your|got your
		who are you|what is this|wrong address|wrong person|please remove me
		je repondrai|repondrai|vous repondrai|je reviendrai|reviens vers vous|reviendrai vers vous|je vais reflechir|je reflechis|vais y reflechir
		absent du bureau|absente du bureau|en conge|en conges|en vacances|desabonner|desinscrire|plus interesse|plus interessee
		pas eu le temps|bien recu votre|qui etes vous|je complete plus tard|mauvaise adresse|je vous reponds plus tard|laissez moi`)

	// absences say that the writer is away: what else they say is no answer.
	absences = phrases(`out of the office|out of office|away from|away until|am away|on leave|limited access|no access|urgent|urgently|automatic reply
		absent du|absente du|suis absent|suis absente|suis en conge|suis en conges|en cas d urgence|urgence|urgences|reponse automatique`)

	// closings end a letter.
	closings = phrases(`best|best wishes|best regards|all the best|regards|kind regards|warm regards|warmly|cheers|sincerely
		yours|yours sincerely|yours truly|yours faithfully|thanks|many thanks|thank you|thank you very much|thanks a lot|thanks so much
		thanks again|thanks in advance|thank you so much|take care|talk soon|speak soon|with best wishes|with kind regards|have a nice day|have a good day
		have a good weekend|have a great day|many thanks in advance|thank you in advance|cordially|love|greetings|that s all|that is all
		cordialement|bien cordialement|tres cordialement|bien a vous|bien a toi|amicalement|bien amicalement|merci|merci beaucoup
		merci a vous|merci d avance|merci bien|un grand merci|mille mercis|merci encore|encore merci|avec mes remerciements
		bonne journee|bonne soiree|bon week end|a bientot|au plaisir|sinceres salutations|salutations|meilleures salutations|chaleureusement
		sincerement|respectueusement|belle journee|belle soiree|bonne fin de journee|bonne semaine|bises|cdlt|cdt|bav|voila|c est tout`)

	// greetings begin one.
	greetings = phrases(`hi|hello|hey|dear|good morning|good afternoon|good evening|bonjour|bonsoir|salut|cher|chere|madame|monsieur|coucou`)
)

// phrases makes a tree of the phrases of a text, set apart by bars and new lines.
func phrases(text string) *node {
	n := &node{}
	for _, line := range strings.Split(text, "\n") {
		for _, phrase := range strings.Split(line, "|") {
			n.add(strings.Fields(phrase), sense{})
		}
	}
	return n
}

// in tells whether a phrase of the tree stands anywhere in the text.
func (n *node) in(list []token) bool {
	for i := range list {
		if _, ok := n.match(list, i, nil); ok {
			return true
		}
	}
	return false
}

// begins tells whether the text begins with a phrase of the tree, and how long
// that is.
func (n *node) begins(list []token) (int, bool) {
	if len(list) == 0 {
		return 0, false
	}
	m, ok := n.match(list, 0, nil)
	return m.to, ok
}
