package message

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// The sentences are of the kind that short mails between a mentor and a mentee
// are made of, with and without accents. The last 70 of each were written after
// the tables of words, which got 128 of those 140 right before they were
// extended.
var french = []string{
	"Bonjour, merci pour votre message.",
	"Merci beaucoup !",
	"OK merci",
	"ça marche pour moi",
	"Je suis disponible mardi à 14 h.",
	"Avez-vous eu le temps de lire mon CV ?",
	"C'est noté, à jeudi.",
	"Bonne journée",
	"a bientot",
	"Est-ce qu'on peut décaler notre appel à la semaine prochaine ?",
	"j'ai eu l'entretien, ça s'est bien passé",
	"Désolée pour le retard, semaine chargée.",
	"tres bonne idee, je vais essayer",
	"Pourriez-vous me recommander un livre sur la négociation ?",
	"Voici le lien vers mon article : https://example.test/on-the-road",
	"Je n'ai pas eu de réponse de leur part.",
	"Parfait, on fait comme ça.",
	"Oui, avec plaisir.",
	"Non, pas encore.",
	"J'ai hâte de vous rencontrer.",
	"Comment avez-vous géré votre première équipe ?",
	"Félicitations pour votre nouveau poste !",
	"je ne sais pas quoi lui repondre",
	"Le feedback de mon manager était plutôt positif.",
	"On se voit au meetup de vendredi ?",
	"Votre conseil m'a beaucoup aidé.",
	"Je vous tiens au courant.",
	"Rien de neuf de mon côté.",
	"Qu'en pensez-vous ?",
	"Je vais postuler chez Google et Amazon.",
	"Mon manager m'a demandé de préparer un business plan.",
	"le call de demain est annule",
	"Bien reçu.",
	"Entendu, je m'en occupe dès lundi.",
	"Cordialement, Claire",
	"Il faudrait que je prenne plus la parole en réunion.",
	"J'y travaille depuis hier soir.",
	"Auriez-vous un créneau cette semaine ?",
	"Peut-être en juin, si tout va bien.",
	"Je pense changer de métier.",
	"MERCI POUR VOS CONSEILS",
	"Super, a demain",
	"Elle m'a dit oui.",
	"Ils ont choisi quelqu'un d'autre.",
	"Quel est votre avis sur cette offre ?",
	"J\u2019aimerais aborder la question du salaire.",
	"Je suis bloqué sur la partie technique",
	"tu peux me tutoyer si tu veux",
	"on en reparle plus tard",
	"Pas de souci, prenez votre temps.",
	"Je vous remercie de votre disponibilite.",
	"Quand seriez-vous libre pour un cafe ?",
	"Nous avons signé le contrat hier !",
	"Elle a refusé.",
	"Aucun problème",
	"On m'a proposé un stage à Lyon",
	"Votre retour m'intéresse.",
	"La prochaine fois, j'arriverai plus tôt.",
	"Merci de me confirmer",
	"Est-il possible de reporter ?",
	"Ok pour lundi",
	"C'est super gentil !",
	"Ma directrice part à la retraite",
	"Savez-vous qui contacter ?",
	"Dossier envoyé ce matin",
	"Un grand merci à vous deux",
	"Je n'ose pas demander une augmentation",
	"Vous aviez raison",
	"Ca me va",
	"J'hésite entre deux offres",
	"Bonnes vacances !",
	"Comme convenu, voici mes notes",
	"Il me manque de la confiance",
	"Encore merci, Paul",
	"Quelle belle nouvelle",
	"Dites-moi si cela vous convient",
	"je t'appelle ce soir",
	"Pouvons-nous avancer d'une heure ?",
	"Tout s'est bien terminé",
	"Lettre de motivation jointe",
	"Impossible jeudi",
	"J'ai suivi votre conseil et cela a marché",
	"Y a-t-il une bourse pour ce master ?",
	"Mes excuses pour le délai",
	"Vivement la suite",
	"Le jury etait sympathique",
	"Trop stressant pour moi",
	"Ce serait formidable",
	"Et vous, comment allez-vous ?",
	"Au plaisir de vous lire",
	"Je reviens vers vous apres la soutenance.",
	"Ma candidature a ete retenue, quelle joie !",
	"Jeudi midi plutot ?",
	"C'etait instructif.",
	"Nous n'avons pas la meme lecture du probleme.",
	"On a eu deux heures pour coder un jeu.",
	"J'apprehende un peu la prise de poste.",
	"Bof, pas convaincu.",
	"Le cabinet me propose un CDI.",
	"Mon tuteur ne repond plus a mes mails.",
	"Trouvez-vous cela normal ?",
	"Relisez le troisieme paragraphe.",
	"Absente jusqu'au 12, je vous reponds a mon retour.",
	"Voila, c'est envoye.",
	"Belle soiree a vous",
	"Quid du loyer ?",
	"Enchanté, moi c'est Karim.",
	"La RH m'a rappelée ce midi.",
	"Top, on valide.",
	"Merci infiniment",
	"Pas mal du tout",
	"Je m'en veux un peu",
	"Faites-moi signe quand vous rentrez",
	"Il m'arrive de procrastiner",
	"Deuxieme tour passe haut la main !",
	"Rdv pris.",
	"Tenez bon !",
	"Chapeau",
	"Ouf, soulagee !",
	"Bien a vous",
}

var english = []string{
	"Hi, thanks for your message.",
	"Thank you so much!",
	"Thanks!",
	"ok thanks",
	"Works for me",
	"I am available on Tuesday at 2 pm.",
	"Did you have time to read my CV?",
	"Noted, see you Thursday.",
	"Have a nice day",
	"see you soon",
	"Can we move our call to next week?",
	"I had the interview and it went well",
	"Sorry for the delay, busy week.",
	"great idea, i'll try",
	"Could you recommend a book on negotiation?",
	"Here is the link to my article: https://example.test/le-chat-de-la-voisine",
	"I didn't get any answer from them.",
	"Perfect, let's do that.",
	"Yes, with pleasure.",
	"No, not yet.",
	"I'm looking forward to meeting you.",
	"How did you manage your first team?",
	"Congratulations on your new role!",
	"i dont know what to tell her",
	"My manager's feedback was quite positive.",
	"Shall we meet at the café near Saint-Germain-des-Prés?",
	"Your advice helped me a lot.",
	"I'll keep you posted.",
	"Nothing new on my side.",
	"What do you think?",
	"I am going to apply at Société Générale.",
	"My boss asked me for a résumé of the project.",
	"tomorrow's call is cancelled",
	"Got it.",
	"Sure, I will take care of it on Monday.",
	"Best regards, Claire",
	"I should speak up more in meetings.",
	"Working on it since last night.",
	"Would you have a slot this week?",
	"Maybe in June, if all goes well.",
	"I am thinking of changing careers.",
	"THANK YOU FOR YOUR ADVICE",
	"Great, see you tomorrow",
	"She said yes.",
	"They picked someone else.",
	"What's your opinion on this offer?",
	"I\u2019d like to talk about salary.",
	"Stuck on the technical part",
	"Feel free to call me any time",
	"Let us talk about it later",
	"I appreciate you making time.",
	"When are you free for coffee?",
	"We signed the contract yesterday!",
	"They turned me down.",
	"No problem",
	"I was offered an internship in Lyon",
	"Your feedback matters to me.",
	"Next time I'll arrive earlier.",
	"Please confirm",
	"Is it possible to reschedule?",
	"Ok for Monday",
	"That's super kind!",
	"My director is retiring",
	"Do you know whom to contact?",
	"File sent this morning",
	"Many thanks to both of you",
	"I don't dare ask for a raise",
	"You were right",
	"Fine with me",
	"I'm torn between two offers",
	"Happy holidays!",
	"As agreed, here are my notes",
	"I lack confidence",
	"Thanks again, Paul",
	"What great news",
	"Let me know if this suits you",
	"i'll call you tonight",
	"Could we start an hour earlier?",
	"Everything ended well",
	"Cover letter attached",
	"Impossible on Thursday",
	"I followed your advice and it worked",
	"Any scholarship for this degree?",
	"My apologies for the delay",
	"Can't wait",
	"The panel was friendly",
	"Too stressful",
	"That would be amazing",
	"And you, how are you?",
	"Speak soon",
	"Back to you after my defence.",
	"My application went through, what a joy!",
	"Thursday lunchtime instead?",
	"It was instructive.",
	"We don't read the problem the same way.",
	"We had two hours to code a game.",
	"Starting the role scares me a bit.",
	"Meh, not convinced.",
	"The firm is offering a permanent contract.",
	"My tutor stopped replying to my emails.",
	"Does that sound normal?",
	"Reread the third paragraph.",
	"Away until the 12th, will reply when I return.",
	"There, sent.",
	"Lovely evening to you",
	"What of the rent?",
	"Nice to meet you, I'm Karim.",
	"HR rang me at noon.",
	"Great, approved.",
	"Thanks a million",
	"Not bad at all",
	"I blame myself a little",
	"Give me a shout when you get home",
	"I tend to procrastinate",
	"Passed the second round with flying colours!",
	"Appointment made.",
	"Hang in there!",
	"Hats off",
	"Phew, relieved!",
	"All the best",
}

func TestLanguageShort(t *testing.T) {
	right, all := 0, 0
	for language, sentences := range map[string][]string{"fr": french, "en": english} {
		for _, s := range sentences {
			all++
			if got := Language(s); got == language {
				right++
			} else {
				t.Logf("%s: %q, want %q", s, got, language)
			}
		}
	}
	t.Logf("%d of %d short sentences", right, all)
	if right*100 < all*98 {
		t.Errorf("%d of %d is below 98 %%", right, all)
	}
}

func TestLanguage(t *testing.T) {
	tests := []struct{ want, text string }{
		{"", ""},
		{"", "ok"},
		{"", "OK :-)"},
		{"", "12:30"},
		{"", "https://example.test/this/is/the/way"},
		{"", "anna@example.test"},
		{"en", "> Bonjour, comment allez-vous ?\nFine, thank you."},
		{"de", "Vielen Dank für Ihre Nachricht, ich melde mich nächste Woche."},
		{"de", "Hast du morgen Zeit für ein kurzes Gespräch?"},
		{"de", "danke, bis bald"},
		{"es", "Muchas gracias por su mensaje, nos vemos la próxima semana."},
		{"es", "¿Tienes un momento mañana para hablar del proyecto?"},
		{"es", "hola, no pude terminar el trabajo"},
		{"it", "Grazie mille per il suo messaggio, ci sentiamo la prossima settimana."},
		{"it", "Hai tempo domani per una breve chiamata?"},
		{"it", "Non ho ancora ricevuto risposta."},
		{"pt", "Muito obrigado pela sua mensagem, falamos na próxima semana."},
		{"pt", "Você tem tempo amanhã para uma conversa?"},
		{"pt", "Ainda não recebi resposta."},
		{"nl", "Hartelijk dank voor je bericht, ik spreek je volgende week."},
		{"nl", "Heb je morgen tijd voor een kort gesprek?"},
		{"nl", "Ik heb nog geen antwoord gekregen."},
		{"pl", "Dziękuję bardzo za wiadomość, odezwę się w przyszłym tygodniu."},
		{"pl", "Czy masz jutro czas na krótką rozmowę?"},
		{"pl", "Nie dostalem jeszcze odpowiedzi."},
		{"sv", "Tack så mycket för ditt meddelande, vi hörs nästa vecka."},
		{"sv", "Har du tid för ett kort samtal imorgon?"},
		{"sv", "Jag har inte fått något svar ännu."},
		{"no", "Tusen takk for meldingen, vi snakkes neste uke."},
		{"no", "Jeg har ikke fått noe svar ennå."},
		{"no", "Hva synes du om dette?"},
		{"da", "Mange tak for din besked, vi tales ved i næste uge."},
		{"da", "Jeg har ikke fået noget svar endnu."},
		{"da", "Hvad synes du om det?"},
		{"fi", "Paljon kiitoksia viestistäsi, palaan asiaan ensi viikolla."},
		{"fi", "Onko sinulla huomenna aikaa lyhyeen puheluun?"},
		{"fi", "En ole vielä saanut vastausta."},
		{"cs", "Děkuji za zprávu, ozvu se příští týden."},
		{"cs", "Máte zítra čas na krátký hovor?"},
		{"cs", "Ještě jsem nedostal odpověď."},
		{"hu", "Nagyon köszönöm az üzenetet, jövő héten jelentkezem."},
		{"hu", "Van holnap ideje egy rövid beszélgetésre?"},
		{"hu", "Még nem kaptam választ."},
		{"ro", "Vă mulțumesc pentru mesaj, vorbim săptămâna viitoare."},
		{"ro", "Aveți timp mâine pentru o scurtă discuție?"},
		{"ro", "Inca nu am primit niciun raspuns."},
		{"tr", "Mesajınız için çok teşekkür ederim, haftaya görüşürüz."},
		{"tr", "Yarın kısa bir görüşme için zamanınız var mı?"},
		{"tr", "Henuz cevap alamadim."},
		{"el", "Ευχαριστώ για το μήνυμα."},
		{"ru", "Большое спасибо за ваше письмо, я ещё напишу."},
		{"ru", "Спасибо за помощь"},
		{"uk", "Дуже дякую за ваш лист, ще напишу цього тижня, які є ідеї."},
		{"uk", "Чи маєте ви час завтра?"},
		{"ja", "メッセージをありがとうございます。来週ご連絡します。"},
		{"ja", "了解です"},
		{"zh", "谢谢您的来信，我下周联系您。"},
		{"zh", "好的 OK"},
		{"ar", "شكرا جزيلا على رسالتك"},
		{"fa", "خیلی ممنون از پیام شما، هفته آینده گفتگو می\u200cکنیم"},
		{"he", "תודה רבה על ההודעה"},
		{"ko", "메시지 감사합니다"},
	}
	for _, tt := range tests {
		if got := Language(tt.text); got != tt.want {
			t.Errorf("Language(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func BenchmarkLanguage(b *testing.B) {
	text := strings.Repeat(strings.Join(append(french, english...), "\n")+"\n", 8)[:16<<10]
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Language(text)
	}
}

// TestLanguageCorpus reads real English sentences, many of them short, none of
// which the tables were written for.
func TestLanguageCorpus(t *testing.T) {
	raw, err := os.ReadFile("../../../shared/corpus/signals/asks_en.tsv")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no shared/corpus/signals")
	}
	if err != nil {
		t.Fatal(err)
	}
	right, all, undecided := 0, 0, 0
	for line := range strings.Lines(string(raw)) {
		_, sentence, ok := strings.Cut(line, "\t")
		if !ok {
			continue
		}
		all++
		switch Language(sentence) {
		case "en":
			right++
		case "":
			undecided++
		}
	}
	t.Logf("%d of %d English, %d undecided", right, all, undecided)
	if right*100 < all*99 {
		t.Error("below the floor of 99 %")
	}
}
