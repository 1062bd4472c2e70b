package main

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// A setting is one key of the configuration.
type setting struct {
	section, key string
	value        reflect.Value
}

// name is the key as the file has it, with its section.
func (s setting) name() string { return s.section + "." + s.key }

// twin is the environment variable that stands for a key.
func twin(name string) string {
	return "MENTORRELAY_" + strings.ToUpper(strings.ReplaceAll(name, ".", "_"))
}

// settings lists the keys of c, which are the fields of its sections.
func settings(c *Config) []setting {
	var list []setting
	for section, table := range reflect.ValueOf(c).Elem().Fields() {
		for field, value := range table.Fields() {
			list = append(list, setting{section.Tag.Get("toml"), field.Tag.Get("toml"), value})
		}
	}
	return list
}

// unknownKey names the key, or the section, that may be meant.
func unknownKey(key toml.Key, isSection bool) error {
	var names, sections []string
	for _, s := range settings(defaultConfig()) {
		names = append(names, s.name())
		sections = append(sections, s.section)
	}
	if isSection {
		return fmt.Errorf("unknown section [%s], do you mean [%s]?", key, nearest(key.String(), sections))
	}
	return fmt.Errorf("unknown key %s, do you mean %s?", key, nearest(key.String(), names))
}

// overlay sets what the environment says. A variable that begins like the
// twin of some section's key must be one.
func overlay(c *Config, environ []string) error {
	twins := map[string]setting{}
	var names, sections []string
	for _, s := range settings(c) {
		name := twin(s.name())
		twins[name] = s
		names = append(names, name)
		sections = append(sections, twin(s.section)+"_")
	}
	for _, v := range environ {
		name, text, _ := strings.Cut(v, "=")
		if s, ok := twins[name]; ok {
			if err := set(s.value, text); err != nil {
				return fmt.Errorf("%s (in the environment): %w", name, err)
			}
			continue
		}
		for _, section := range sections {
			if strings.HasPrefix(name, section) {
				return fmt.Errorf("unknown variable %s in the environment, do you mean %s?", name, nearest(name, names))
			}
		}
	}
	return nil
}

// set gives v the value that text stands for; the parts of a list are
// separated by commas.
func set(v reflect.Value, text string) error {
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return u.UnmarshalText([]byte(text))
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Int:
		n, err := strconv.Atoi(text)
		if err != nil {
			return fmt.Errorf("%q is no number", text)
		}
		v.SetInt(int64(n))
	case reflect.Slice:
		v.SetZero()
		for part := range strings.SplitSeq(text, ",") {
			if part = strings.TrimSpace(part); part == "" {
				continue
			}
			item := reflect.New(v.Type().Elem()).Elem()
			if err := set(item, part); err != nil {
				return err
			}
			v.Set(reflect.Append(v, item))
		}
	default:
		return fmt.Errorf("a %s can't be set from the environment", v.Type())
	}
	return nil
}

// nearest returns the name that takes the fewest edits to come to from what
// was written. A key without its section is compared without one.
func nearest(written string, names []string) string {
	best, fewest := "", -1
	for _, name := range names {
		short := name
		if !strings.Contains(written, ".") {
			short = name[strings.LastIndexByte(name, '.')+1:]
		}
		for _, candidate := range []string{name, short} {
			if n := edits(written, candidate); fewest < 0 || n < fewest {
				best, fewest = name, n
			}
		}
	}
	return best
}

// edits is the Levenshtein distance: how many letters to insert, delete or
// replace.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
