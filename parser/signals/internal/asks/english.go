package asks

import (
	_ "embed"
	"strings"
	"sync"
)

// The weights, as parser/signals/train has learnt them.
//
//go:embed en.tsv
var englishWeights string

var english = sync.OnceValue(func() *Model {
	m, err := Read(strings.NewReader(englishWeights))
	if err != nil {
		panic("asks: " + err.Error())
	}
	return m
})

// English returns the model for English.
func English() *Model { return english() }
