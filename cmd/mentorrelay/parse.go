package main

import (
	"fmt"
	"io"
	"os"

	"mentorrelay/parser/message"
	"mentorrelay/parser/report"
	"mentorrelay/relay"
)

// parseCommand says what the parser finds in messages.
type parseCommand struct {
	Files  []string `arg:"" optional:"" name:"file" help:"Messages; without any, one on stdin."`
	output `embed:""`
}

// parseView is what was found in a message. What no parser looks for yet is
// empty.
type parseView struct {
	File        string            `json:"file"`
	Language    string            `json:"language"`
	NewText     string            `json:"new_text"`
	Quoted      string            `json:"quoted"`
	Attribution string            `json:"attribution"`
	Signature   string            `json:"signature"`
	Automatic   report.Kind       `json:"automatic"`
	Signals     []signalView      `json:"signals"`
	Report      reportView        `json:"report"`
	Answers     map[string]string `json:"answers"`
}

type signalView struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

type reportView struct {
	Class     string `json:"class"`
	Status    string `json:"status"`
	Reason    string `json:"reason"`
	Recipient string `json:"recipient"`
}

// Run parses one message after the other.
func (c *parseCommand) Run(m *Main) error {
	if len(c.Files) == 0 {
		return c.stdin(m)
	}
	for _, name := range c.Files {
		if err := c.file(m, name); err != nil {
			return err
		}
	}
	return nil
}

func (c *parseCommand) stdin(m *Main) error {
	spool := relay.NewSpool()
	defer spool.Close()
	if _, err := io.Copy(spool, m.Stdin); err != nil {
		return err
	}
	return c.parse(m, "-", spool, spool.Size())
}

func (c *parseCommand) file(m *Main, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return c.parse(m, name, f, info.Size())
}

func (c *parseCommand) parse(m *Main, name string, r io.ReaderAt, size int64) error {
	root, err := message.Scan(r, size, message.DefaultLimits())
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	rep := report.Read(r, root, sender(root.Header))
	v := parseView{
		File:      name,
		Automatic: rep.Kind,
		Report:    reportView{string(rep.Class), rep.Status, rep.Reason, rep.Recipient},
		Signals:   []signalView{},
		Answers:   map[string]string{},
	}
	return c.print(m, v, func(w io.Writer) {
		fmt.Fprintf(w, "file\t%s\nautomatic\t%s\n", v.File, orDash(string(v.Automatic)))
		if v.Automatic != "" {
			fmt.Fprintf(w, "class\t%s\nstatus\t%s\nreason\t%s\nrecipient\t%s\n",
				v.Report.Class, orDash(v.Report.Status), orDash(v.Report.Reason), orDash(v.Report.Recipient))
		}
	})
}

// sender is the envelope sender, as the last server left it, or else who
// claims to have written.
func sender(h message.Header) string {
	if h.Has("Return-Path") {
		return h.Get("Return-Path")
	}
	for _, a := range message.ParseAddressList(h.Get("From")) {
		return a.Addr
	}
	return "unknown"
}
