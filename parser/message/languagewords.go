package message

// latinLanguages are those that are told apart by words: the letters beyond
// ASCII they are known by, and frequent words, in lower case and without
// accents, since they are often left out in mail: å is a, æ ae, ø o, œ oe, ß
// ss, ł l, ı i. An apostrophe stands where a word is cut at one, a tilde before
// the ending of longer words.
var latinLanguages = []struct{ language, letters, words string }{
	{"fr", "éèêëàâçîïôùûœ«»", `je tu il elle nous vous ils elles on le la les un une des du de et ou mais donc car que qui quoi dont ce cet cette ces ca cela
		mon ton son ma ta sa mes tes ses notre votre nos vos leur leurs ne pas plus jamais rien tres bien aussi encore deja toujours
		pour par sur sous avec sans dans chez entre vers depuis pendant avant apres quand comme si en au aux y a est suis es sommes etes sont
		etait etais ai as avons avez ont avait avais aurai aurait sera serait serai fait faire fais faites dit dire peux peut pouvez pourrait
		pourrais veux veut voudrais dois doit devrais faut va vais vas allez aller voir vu pris mis meme tout tous toute toutes autre autres
		peu beaucoup trop assez moins moi toi lui eux ici la-bas alors ainsi puis parce afin lors bonjour bonsoir salut merci cordialement
		bientot coucou bonne bon journee soiree semaine prochaine prochain mois jour jours lundi mardi mercredi jeudi vendredi samedi dimanche
		demain hier aujourd hui rendez appel reunion conseil conseils projet entretien travail aide idee question questions reponse retour
		chere cher avis temps heure heures fois chose choses premier premiere petit petite grand grande nouveau nouvelle oui non voila voici
		desole desolee ravi ravie content contente besoin envie peur hate accord d' l' j' c' n' qu' s' t' m' jusqu' lorsqu' puisqu'
		aucun aucune probleme problemes vacances lettre lettres jointe joint jointes offre offres poste postes emploi stage stages entreprise societe equipe
		equipes collegue collegues directeur directrice chef patron metier metiers etudes etude etudiant etudiante ecole diplome formation formations cours
		livre livres lien liens fichier dossier texte titre exemple exemples partie suite debut milieu cafe dejeuner bureau ville pays maison famille enfants
		enfant femme homme gens personne personnes monde vie annee annees an ans matin soir nuit midi minutes minute janvier fevrier mars avril mai juin
		juillet aout septembre octobre novembre decembre lundis dernier derniere dernieres derniers seul seule meme vrai vraie vraiment simple simplement
		facile difficile possible impossible utile important importante libre disponible disponibles pret prete sur sure certain certaine clair claire heureux
		heureuse fier fiere gentil gentille genial geniale super sympa chouette dommage grave souci soucis courage chance confiance peine raison tort faute
		gout gouts force forces faiblesse faiblesses choix decision etape etapes objectif objectifs but buts resultat resultats succes echec trouver trouve
		cherche chercher chercherai garder garde mettre mets met mise tenir tiens tient venir viens vient venu venue partir pars sortir commencer commence
		finir fini finie terminer termine changer change suivre suis suivi continuer continue attendre attends attend attendu entendre comprendre comprends
		compris apprendre apprends appris prendre prends prend prenez donner donne donnez demander demande demandez repondre reponds repondu rappeler rappelle
		appeler appelle appele rencontrer rencontre aider aide travailler travaille preparer prepare reussir reussi refuser refuse accepter accepte recevoir
		recois choisir choisi gagner perdre confirmer confirme convenir convient reporter reporte avancer avance annuler annule reprendre reprends revenir
		reviens rester reste laisser laisse oublier oublie essaierai ferai irai verrai aurez serez viendrai pourrai voudriez auriez seriez ferais faudra
		faudrait vaut vaudrait suffit semble plait plaisir retard cote cause fond point points tour moment moments instant envoye envoyee envoyees signe
		signee bienvenue volontiers evidemment exactement justement notamment seulement parfois souvent rarement longtemps hors selon malgre contre envers
		jusque puisque lorsque tandis quoique sinon pourtant cependant toutefois neanmoins ceci soit soient fut furent augmentation salaire salaires bourse
		concours jury candidature entretiens recrutement recruteur recruteuse motivation parcours avenir creneau visio calendrier ordinateur numero adresse
		courriel pieces piece
		quel quelle quels quelles pourquoi comment combien quelque quelques chaque plusieurs celui celle ceux etre avoir pouvoir savoir sais sait
		pense crois espere souhaite aimerais propose essaye essaie lire lu ecrit ecrire envoie envoyer recu parler parle passe passer mieux
		ailleurs surtout plutot maintenant ensuite enfin tard tot vite loin pres felicitations bravo super parfait entendu volontiers noel
		~eau ~eaux ~ee ~ees ~eux ~euse ~euses ~eur ~eurs ~ait ~ais ~aient ~ons ~ions ~ez ~iez ~erai ~erais ~ement ~ique ~iques ~oire ~ille ~elle ~ette ~aux ~ois ~oir ~ier ~iere ~ance ~ence ~ite`},
	{"en", "", `i you he she it we they the an and or but so because that which who what whose this these those my your his her its our their
		not no never nothing very well also still already always for by on under with without in into at between towards since during before
		after when as if to from of is am are was were be been being have has had having will would shall should can could may might must
		do does did done doing make made get got go going gone went come see saw seen say said think thought know knew want need like look
		looking take took give gave tell told ask asked try tried let me him us them myself yourself here there then thus than all every
		each any some many much more most less few other another same one two first next last new good great best better nice happy sorry
		hi hello hey dear thanks thank please regards cheers sincerely yours week weeks month day days today tomorrow yesterday monday
		tuesday wednesday thursday friday saturday sunday morning afternoon evening time meeting meet call talk speak help advice idea ideas
		feedback question questions answer reply soon later now just really about over out up down off back how why where hope wish
		wondering forward work job project year years way thing things people sure yes yeah ok'd only own too again once until while though
		through both such even ever maybe perhaps probably congratulations congrats welcome read book wrote write written sent send
		'm 're 'll 've 't 's 'd don' i' it' that' let' you' we' they' can' won' didn' doesn' isn' couldn' wouldn' shouldn' haven' there' what' here'
		no lack letter letters attached attachment cover offer offers offered position positions job jobs role company team teams colleague colleagues manager
		boss career careers study studies student school degree degrees training course class books link links file files text title example examples part
		start middle end coffee lunch office city country house home family child children woman man person world life ago old young morning night noon
		minutes minute january february march april june july august september october november december true really simple simply easy hard difficult
		possible impossible useful important free available ready certain clear clearly glad proud kind sweet cool awesome amazing pity bad worse worst
		problem problems luck confidence reason right wrong fault strength strengths weakness weaknesses choice decision step steps goal goals result results
		success failure find found search keep kept put hold held coming leave left begin began started finish finished ended change changed follow followed
		continue wait waiting waited hear heard understand understood learn learned learnt give given asking asks answered remind reminded met worked works
		prepare prepared succeed refused refuse accept accepted receive received choose chose chosen win won lose lost confirm confirmed suit suits reschedule
		postpone cancel cancelled canceled returned stay stayed forget forgot forgotten seem seems seemed pleasure late delay side cause point points turn
		moment signed welcome exactly especially only sometimes often rarely long against until according instead however nevertheless raise salary
		scholarship panel application interview interviews hiring recruiter motivation path future slot calendar computer number address email friendly
		stressful nervous worried anxious excited curious busy tired hopefully actually anyway somehow somewhere everything everyone someone anyone something
		anything nobody none whole half few several lots bit little big small large high low early earlier later sooner ahead toward within without along
		across around behind above below far near close enough quite rather pretty almost nearly tonight holiday holidays weekend quick quickly slow slowly
		gently apologies apologise apologize excuse enjoy enjoyed love loved appreciate appreciated matter matters mean means meant guess agree agreed decide
		decided explain explained show showed shown share shared support helpful helping draft page pages list copy version add added remove removed check
		checked review reviewed turned dare torn between both either neither
		~ing ~ings ~ed ~ly ~ght ~ould ~ness ~ful ~ship ~ther ~ough ~ness ~less ~self ~tion ~ment ~able ~ible ~ies`},
	{"de", "äöüß„", `ich du er sie es wir ihr der die das den dem des ein eine einen einem einer eines und oder aber weil dass ob wenn als wie was wer
		wo wann warum nicht kein keine nie nichts sehr gut auch noch schon immer fur von mit ohne in im ins an am auf aus bei beim nach zu zum
		zur uber unter vor seit wahrend zwischen ist bin bist sind war waren sein habe hast hat haben hatte hatten wird werde werden wurde
		wurden kann konnen konnte muss mussen soll sollte will wollen mochte darf mir dir ihm ihnen uns euch mich dich sich mein meine dein
		deine unser ihre ihren hier da dort dann also denn doch mal nur mehr viel viele alle alles andere ganz etwas jetzt heute morgen
		gestern woche nachste montag dienstag mittwoch donnerstag freitag hallo liebe lieber danke dank bitte grusse gruss viele freundlichen
		guten tag abend zeit frage fragen antwort termin treffen gerne gern bis bald geehrte ~ung ~ungen ~keit ~heit ~lich ~liche ~isch ~chen ~schen ~ieren`},
	{"es", "ñáéíóú¿¡", `yo tu el ella nosotros ustedes ellos ellas los las la un una unos unas del de y o pero porque que quien cual donde cuando como esto este
		esta estos estas eso ese esa mi tu su mis tus sus nuestro nuestra no nunca nada muy bien tambien todavia ya siempre para por con sin en
		entre desde hasta antes despues si es soy eres somos son era fue ser estar estoy estas estamos estan he has ha hemos han habia hay
		tengo tienes tiene tenemos tienen hacer hago hace puedo puede podemos podria quiero quiere quisiera debo debe voy va vamos ver lo le les
		me te se nos mas menos mucho mucha muchos todo todos toda todas otro otra algo alguien aqui ahora hoy manana ayer semana proxima
		lunes martes miercoles jueves viernes hola gracias buenos buenas dias tardes saludos cordial estimado estimada querido querida
		pregunta respuesta reunion llamada trabajo ayuda consejo gusto pronto al una vez ~cion ~ciones ~mente ~idad ~ando ~iendo ~aron ~amos ~emos`},
	{"it", "àèéìòù", `io tu lui lei noi voi loro il lo la gli le un uno una dei delle degli del della dello di e o ma perche che chi cui cosa dove quando
		come questo questa questi queste quello quella mio mia tuo tua suo sua nostro nostra vostro non mai niente molto bene anche ancora gia
		sempre per da con senza in nel nella nei sul sulla su tra fra dal dalla al alla allo ai alle prima dopo se sono sei siamo siete era
		essere ho hai ha abbiamo avete hanno aveva fare faccio fa fatto posso puo possiamo potrei voglio vuole vorrei devo deve vado va andiamo
		mi ti si ci vi ne piu meno tanto tutto tutti tutta altro altra qualcosa qui ora oggi domani ieri settimana prossima lunedi martedi
		mercoledi giovedi venerdi ciao grazie buongiorno buonasera saluti cordiali caro cara gentile domanda risposta riunione incontro lavoro
		aiuto consiglio presto l' c' un' dell' all' nell' d' e' dall' sull' quest' ~zione ~zioni ~mente ~ita ~ando ~endo ~iamo ~ato ~ata ~issimo`},
	{"pt", "ãõáâàçéêíóôú", `eu tu ele ela nos voce voces eles elas o os as um uma uns umas do da dos das de e ou mas porque que quem qual onde quando como isto
		isso este esta esse essa meu minha teu tua seu sua nosso nossa nao nunca nada muito bem tambem ainda ja sempre para por pelo pela com sem em
		no na nos nas ao aos entre desde ate antes depois se sou es somos sao era foi ser estar estou esta estamos estao tenho tens tem temos
		ha havia fazer faco faz feito posso pode podemos poderia quero quer gostaria devo deve vou vai vamos ver lhe me te mais menos muita
		muitos tudo todos toda todas outro outra algo alguem aqui agora hoje amanha ontem semana proxima segunda terca quarta quinta sexta ola
		oi obrigado obrigada bom boa dia tarde cumprimentos abraco atenciosamente caro cara querido querida pergunta resposta reuniao trabalho
		ajuda conselho breve ~cao ~coes ~mente ~dade ~ando ~endo ~indo ~aram ~amos ~agem`},
	{"nl", "ëïé", `ik jij je u hij zij ze wij we jullie de het een en of maar want omdat dat die wie wat waar wanneer hoe waarom dit deze niet geen
		nooit niets heel goed ook nog al altijd voor van met zonder in op aan bij naar uit over onder tussen sinds tijdens na tot te om er is
		ben bent zijn was waren heb hebt heeft hebben had wordt worden werd kan kunt kunnen kon moet moeten zou zouden wil willen mag zal zullen
		mij me jou hem haar ons hun mijn jouw uw onze hier daar dan dus toch maar meer veel alle alles andere iets nu vandaag morgen gisteren
		week volgende maandag dinsdag woensdag donderdag vrijdag hallo beste dag bedankt dank graag groet groeten vriendelijke tijd vraag
		vragen antwoord afspraak gesprek werk hulp advies gaan gaat doen doet laten ~ijk ~elijk ~heid ~ingen ~tje ~aar ~oor`},
	{"pl", "ąćęłńóśźż„", `ja ty on ona my wy oni i oraz lub albo ale bo poniewaz ze ktory ktora ktore kto co gdzie kiedy jak to ten ta te tego tym tej moj moja
		twoj pan pani nasz wasz nie nigdy nic bardzo dobrze tez takze jeszcze juz zawsze dla od do z ze w we na po przy przed miedzy bez czy jest
		jestem jestes sa bylo byl byla byc mam masz ma mamy maja mial moge mozesz moze mozemy chce chcialbym chcialabym musze trzeba
		bede bedzie mi ci mu sie go jej ich nas wam wiecej duzo wszystko wszystkie inny cos tutaj tu teraz dzisiaj dzis jutro wczoraj
		tydzien tygodniu poniedzialek wtorek sroda czwartek piatek czesc witam dziekuje dzieki prosze pozdrawiam pozdrowienia dzien dobry
		pytanie spotkanie praca pracy pomoc rada ~nie ~ania ~enia ~owac ~ego ~ych ~ymi ~osc ~alem ~alam ~emy ~amy`},
	{"sv", "åäö", `jag du han hon vi ni de den det en ett och eller men for att som vem vad var nar hur varfor detta denna dessa inte aldrig
		inget mycket bra ocksa annu redan alltid med utan i pa av fran till vid under mellan sedan innan efter om ar var vara varit har hade
		ha blir blev kan kunde skulle ska vill maste far fick mig dig honom henne oss er sig min mitt mina din ditt dina var vart hans har dar
		da sa mer manga alla allt andra nagot nagon nu idag imorgon igar vecka nasta mandag tisdag onsdag torsdag fredag hej tack snalla
		halsningar vanliga basta tid fraga fragor svar mote arbete hjalp rad garna snart ses ~ning ~ningar ~het ~igt ~ande ~arna ~erna`},
	{"no", "åøæ", `jeg du han hun vi dere de den det en et ei og eller men for at som hvem hva hvor nar hvordan hvorfor dette denne disse ikke aldri
		ingen ingenting veldig bra ogsa enda allerede alltid med uten i pa av fra til ved under mellom siden for etter om er var vaere vaert har
		hadde ha blir ble kan kunne skulle skal vil ma far fikk meg deg ham henne oss seg min mitt mine din ditt dine var hans her der da sa mer mye
		mange alle alt andre noe noen na idag imorgen gar uke neste mandag tirsdag onsdag torsdag fredag hei takk hilsen vennlig kjaere beste
		tid sporsmal svar mote arbeid jobb hjelp rad gjerne snart gjor gjore ~ning ~ninger ~het ~lig ~ende ~ene ~else`},
	{"da", "åøæ", `jeg du han hun vi i de den det en et og eller men for at som hvem hvad hvor nar hvordan hvorfor dette denne disse ikke aldrig
		ingen intet meget godt ogsa endnu allerede altid med uden pa af fra til ved under mellem siden inden efter om er var vaere vaeret har
		havde have bliver blev kan kunne skulle skal vil ma far fik mig dig ham hende os sig min mit mine din dit dine vores hans her der da sa mere
		mange alle alt andre noget nogen nu dag morgen gar uge naeste mandag tirsdag onsdag torsdag fredag hej tak hilsen venlig kaere bedste
		tid sporgsmal svar mode arbejde hjaelp rad gerne snart gor gore ~ning ~ninger ~hed ~lig ~ende ~erne ~else`},
	{"fi", "äö", `mina sina han me te he on en et ei emme ja tai mutta koska etta joka jotka mika mita kuka missa milloin miten miksi tama tuo se nama
		ne minun sinun hanen meidan teidan koskaan hyvin myos viela jo aina kanssa ilman olen olet olemme ovat oli olin ollut olisi voi voin
		voit voimme pitaa taytyy haluan haluaisin minua sinua minulle sinulle mina lisaa paljon kaikki muut jotain taalla nyt tanaan huomenna
		eilen viikolla ensi maanantai tiistai keskiviikko torstai perjantai hei moi kiitos kiitoksia terveisin ystavallisin hyvaa paivaa aika
		kysymys vastaus tapaaminen tyo apua neuvo pian kun jos niin kuin vain sitten ~ssa ~sta ~lla ~lta ~lle ~nen ~inen ~mme ~tte ~vat ~taan ~tiin ~isi ~ksi`},
	{"cs", "áčďéěíňóřšťúůýž„", `ja ty on ona my vy oni a nebo ale protoze ze ktery ktera ktere kdo co kde kdy jak to ten ta te tento muj moje tvuj vas nas ne nikdy nic
		velmi dobre take jeste uz vzdy pro od do z ze v ve na po pri pred mezi bez zda je jsem jsi jsme jste jsou byl byla bylo byt mam mas ma mame
		mohu muzu muzete muze chci chtel chtela musim bych bychom bude budu me te mu se si ho ji jim vic hodne vsechno vsechny jiny neco tady ted
		dnes zitra vcera tyden tydnu pristi pondeli utery streda ctvrtek patek ahoj dobry den dekuji diky prosim pozdrav pozdravem hezky otazka
		odpoved schuzka prace pomoc rada ~ani ~eni ~ost ~eho ~ych ~ovat ~ali ~ame ~ete ~sky`},
	{"hu", "áéíóöőúüű„", `en te o mi ti a az egy es vagy de mert hogy aki ami ki mit hol mikor hogyan miert ez azt ezt ezek nem soha semmi nagyon jol is meg
		mar mindig van vagyok vagy vannak volt voltam lesz lenne lehet tudok tud tudnank szeretnek szeretnem kell nekem neked neki nekunk engem
		teged magam tobb sok minden mas valami itt most ma holnap tegnap het heten jovo hetfo kedd szerda csutortok pentek szia sziasztok
		koszonom koszonjuk kerem udvozlettel tisztelt kedves jo napot ido kerdes valasz talalkozo munka segitseg tanacs hamarosan ha akkor csak
		de ugy igy ~nak ~nek ~ban ~ben ~bol ~val ~vel ~hoz ~tam ~tem ~unk ~juk ~atok ~asok ~sag ~seg ~ott`},
	{"ro", "ăâîșțşţ„", `eu tu el ea noi voi ei ele un o unui unei si sau dar pentru ca care cine ce unde cand cum acest aceasta acesta asta meu mea tau ta
		sau sa nostru nu niciodata nimic foarte bine inca deja mereu de la cu fara in din pe prin intre dupa inainte daca este sunt esti suntem
		era fost fi am ai are avem aveti au avea face fac facut pot poate putem as vreau vrea trebuie ma te se ne va mi ti mai mult multe tot
		toate toti alt alta ceva aici acum azi maine ieri saptamana viitoare luni marti miercuri joi vineri buna ziua salut multumesc mersi
		rog cumprimente stima draga timp intrebare raspuns intalnire munca ajutor sfat curand imi iti isi ~ului ~ilor ~elor ~iei ~easca ~eaza ~este ~ului ~tie`},
	{"tr", "ğıİşçöü", `ben sen o biz siz onlar bir ve veya ama cunku ki kim ne nerede zaman nasil neden bu su bunu benim senin onun bizim sizin degil hic
		hicbir cok iyi da de daha zaten her icin ile olmadan gibi kadar sonra once eger var yok oldu olan olarak olmak olur ediyorum yapmak
		yaptim istiyorum isterim lazim gerek bana sana ona bize size beni seni fazla hepsi tum baska sey burada simdi bugun yarin dun hafta
		gelecek haftaya pazartesi sali carsamba persembe cuma merhaba selam tesekkur tesekkurler ederim lutfen saygilar saygilarimla sayin
		sevgili gunaydin soru cevap toplanti gorusme is yardim tavsiye yakinda gorusmek uzere ~yor ~yorum ~lar ~ler ~lari ~leri ~imiz ~unuz ~iniz ~dim ~dum ~acak ~ecek ~mek ~mak ~nda ~den ~dan`},
}
