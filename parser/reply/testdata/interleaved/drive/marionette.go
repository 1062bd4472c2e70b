package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"time"
)

// A marionette is a connection to Mozilla's remote protocol: JSON messages,
// each after its length in bytes and a colon.
type marionette struct {
	conn net.Conn
	r    *bufio.Reader
	sent int
}

// dialMarionette connects once the program listens.
func dialMarionette() (*marionette, error) {
	var conn net.Conn
	var err error
	for range 150 {
		if conn, err = net.Dial("tcp", "127.0.0.1:2828"); err == nil {
			break
		}
		time.Sleep(200 * time.Millisecond)
	}
	if err != nil {
		return nil, err
	}
	if err := conn.SetDeadline(time.Now().Add(60 * time.Second)); err != nil {
		return nil, err
	}
	m := &marionette{conn: conn, r: bufio.NewReader(conn)}
	_, err = m.receive() // its greeting
	return m, err
}

// run has an asynchronous script run with the program's own rights, and reads
// what it called back with.
func (m *marionette) run(script string, result any, args ...any) error {
	var answer json.RawMessage
	var err error
	for _, command := range []struct {
		name   string
		params map[string]any
	}{
		{"WebDriver:NewSession", map[string]any{}},
		{"Marionette:SetContext", map[string]any{"value": "chrome"}},
		{"WebDriver:SetTimeouts", map[string]any{"script": 50000}},
		{"WebDriver:ExecuteAsyncScript", map[string]any{"script": script, "sandbox": "system", "args": args}},
	} {
		if answer, err = m.call(command.name, command.params); err != nil {
			return err
		}
	}
	return json.Unmarshal(answer, result)
}

// call sends a command and returns its result.
func (m *marionette) call(name string, params map[string]any) (json.RawMessage, error) {
	m.sent++
	message, err := json.Marshal([]any{0, m.sent, name, params})
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintf(m.conn, "%d:%s", len(message), message); err != nil {
		return nil, err
	}
	answer, err := m.receive()
	if err != nil {
		return nil, err
	}
	var reply [4]json.RawMessage // type, number, error, result
	if err := json.Unmarshal(answer, &reply); err != nil {
		return nil, err
	}
	if string(reply[2]) != "null" {
		return nil, errors.New(string(reply[2]))
	}
	return reply[3], nil
}

func (m *marionette) receive() ([]byte, error) {
	size := 0
	if _, err := fmt.Fscanf(m.r, "%d:", &size); err != nil {
		return nil, err
	}
	message := make([]byte, size)
	_, err := io.ReadFull(m.r, message)
	return message, err
}
