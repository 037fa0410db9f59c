package main

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// columns is how wide the text in the bubble gets.
const columns = 40

const cow = `      \
       \   (\.---./)
           ( o   o )________
            \ ( ) /         )~.
             '---'|  .---.  |  *
                  |_|     |_|
                  "''     ''"
`

// say draws the bubble and the cow.
func say(message string) string {
	lines := wrap(message)
	width := 0
	for _, line := range lines {
		width = max(width, utf8.RuneCountInString(line))
	}
	var b strings.Builder
	b.WriteString(" " + strings.Repeat("_", width+2) + "\n")
	for i, line := range lines {
		left, right := "|", "|"
		switch {
		case len(lines) == 1:
			left, right = "<", ">"
		case i == 0:
			left, right = "/", `\`
		case i == len(lines)-1:
			left, right = `\`, "/"
		}
		pad := strings.Repeat(" ", width-utf8.RuneCountInString(line))
		b.WriteString(left + " " + line + pad + " " + right + "\n")
	}
	b.WriteString(" " + strings.Repeat("-", width+2) + "\n" + cow)
	return b.String()
}

// wrap breaks a message into lines at spaces and at its own line ends. What a
// terminal would obey instead of print becomes a question mark.
func wrap(message string) []string {
	var lines []string
	for paragraph := range strings.Lines(strings.ToValidUTF8(message, "?")) {
		line := ""
		for _, word := range strings.Fields(paragraph) {
			word = strings.Map(printable, word)
			if line != "" && utf8.RuneCountInString(line+" "+word) > columns {
				lines, line = append(lines, line), ""
			}
			if line != "" {
				line += " "
			}
			line += word
			for runes := []rune(line); len(runes) > columns; runes = []rune(line) {
				lines, line = append(lines, string(runes[:columns])), string(runes[columns:])
			}
		}
		lines = append(lines, line)
	}
	if lines == nil {
		return []string{""}
	}
	return lines
}

func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return '?'
}
