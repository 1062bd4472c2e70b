// Package year holds a test alone: a year of a programme with some two hundred
// pairs, from the survey to the last summary, through the real relay, desk and
// database under a virtual clock, and what must hold of all its mail.
package year
