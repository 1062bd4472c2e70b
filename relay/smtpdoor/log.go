package smtpdoor

import (
	"log/slog"
	"strings"
)

// A libraryLog takes what go-smtp has to say about connections. Its arguments
// hold addresses and what clients sent; only the words of the format are kept,
// and the stack of a panic.
type libraryLog struct{ log *slog.Logger }

// Printf implements smtp.Logger.
func (l libraryLog) Printf(format string, args ...any) {
	what, _, _ := strings.Cut(format, "%")
	what = strings.TrimRight(what, ": ")
	if len(args) > 0 {
		if stack, ok := args[len(args)-1].([]byte); ok {
			l.log.Error(what, "stack", string(stack))
			return
		}
	}
	l.log.Debug(what)
}

// Println implements smtp.Logger.
func (l libraryLog) Println(...any) {}
