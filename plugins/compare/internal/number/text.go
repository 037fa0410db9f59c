package number

import "strings"

const space = " \t\r\n\v\f"

func readText(b []byte) next {
	s := string(b)
	return func() (value, error) {
		s = strings.TrimLeft(s, space)
		if s == "" {
			return value{}, nil
		}
		if n := numberLen(s); n > 0 {
			f, err := parse(s[:n])
			s = s[n:]
			return value{kind: number, numbers: []float64{f}}, err
		}
		n := 1
		for n < len(s) && numberLen(s[n:]) == 0 && !strings.ContainsRune(space, rune(s[n])) {
			n++
		}
		word := s[:n]
		s = s[n:]
		return value{kind: text, text: word}, nil
	}
}

// numberLen is the length of the decimal number that s begins with.
func numberLen(s string) int {
	i := 0
	digits := func() int {
		from := i
		for i < len(s) && '0' <= s[i] && s[i] <= '9' {
			i++
		}
		return i - from
	}
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	n := digits()
	if i < len(s) && s[i] == '.' {
		i++
		n += digits()
	}
	if n == 0 {
		return 0
	}
	if before := i; i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if digits() == 0 {
			i = before
		}
	}
	return i
}
