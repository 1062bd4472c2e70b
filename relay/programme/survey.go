package programme

import (
	"mentorrelay/parser/answers"
	"mentorrelay/templates"
)

// Questions are what a survey asks, as the parser of its answers knows it.
func Questions(s templates.Survey) []answers.Question {
	var list []answers.Question
	for _, q := range s.Questions {
		question := answers.Question{
			Key: q.Key, Number: q.Number, Kind: answers.Kind(q.Kind), Text: q.Text, Wordings: q.Wordings,
			Names: q.Names, About: q.About, Other: q.Other, Min: q.Min, Max: q.Max,
		}
		for _, o := range q.Options {
			question.Options = append(question.Options, answers.Option{
				Key: o.Key, Letter: o.Letter, Text: o.Text, Words: o.Words, Alone: o.Alone, Under: o.Under,
			})
		}
		list = append(list, question)
	}
	return list
}
