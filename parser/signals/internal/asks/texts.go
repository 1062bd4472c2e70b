package asks

import "strconv"

// Texts adds the texts of the features that a sentence's words make. The words
// are those of its tokens, in order.
func Texts(words []string, into map[uint32]string) {
	before := []string{"^"}
	for _, w := range words {
		text := w
		into[hash(text)] = text
		for n := len(before) - 1; n >= max(0, len(before)-2); n-- {
			text = before[n] + " " + text
			into[hash(text)] = text
		}
		before = append(before, w)
	}
	text := before[len(before)-1] + " $"
	into[hash(text)] = text
	for _, name := range []string{"=found", "=denied", "=length"} {
		for n := range 9 {
			text := name + strconv.Itoa(n)
			into[hash(text)] = text
		}
	}
}
