// Package rulebook reads sentences by rules: patterns of words that tell what a
// sentence does.
//
// The rules of a language are files of lines of three forms; what follows two
// slashes is a comment.
//
//	name = words            what <name> stands for; may be said more than once
//	name + field field      the same: every choice of one word from each field
//	effects : pattern       a sentence that holds the pattern does this
//
// Effects are a kind ("ask"), a kind denied, whatever other rules say ("-ask"),
// a kind that can't be denied ("ask!"), or the span of a pace ("span:month"). A
// pace counts only where a span is found too, unless it is strong ("pace!").
// In the file of topics they are "help", "wishes" and "after"; in the file of
// events, "event" and "when", which make an event together. In the file of
// answers they are "reader", of a question that speaks to the reader, and
// "answer", of a sentence that answers the question before it.
//
// The fields of a pattern are parted by spaces:
//
//	could/can/will you      words, one of each field; a_b are two in a row
//	conseil*  *ed           words by how they begin, or end (up to four letters)
//	#  , : ? . ! " ( ) -    any number; marks
//	[please]                may be missing
//	!me                     what comes next is not this
//	..  ...                 up to three words without a mark; up to twelve of any
//	^  ^^                   a clause begins, or the sentence, words of <lead> aside
//	$                       the sentence ends, marks aside
//
// Case and accents don't count. An apostrophe or a hyphen parts words: don_t,
// pourriez_vous.
package rulebook
