package moderation

import "strings"

// plates are those of vehicles.
func plates() []form {
	const russian = `[АВЕКМНОРСТУХABEKMHOPCTYX]`
	const small = `[авекмнорстухabekmhopctyx]`
	return []form{
		{kind: "plate", digits: true, re: looks(russian + ` ?\d{3} ?` + russian + `{2} ?\d{2,3}`)},
		{kind: "plate", digits: true, re: looks(small + `\d{3}` + small + `{2} ?\d{2,3}`)},
		{kind: "plate", digits: true, re: looks(`[A-ZА-ЯІ]{2} ?\d{4} ?[A-ZА-ЯІ]{2}`)},
		{kind: "plate", digits: true, re: looks(`[A-Z]{2}\d{2} ?[A-Z]{3}`), unless: func(h hit) bool { return strings.HasPrefix(h.words, "EU") || strings.HasPrefix(h.words, "UN") }},
		{kind: "plate", digits: true, re: looks(`[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} \d{2,4}`), unless: notYears},
		{kind: "plate", digits: true, re: looks(`[A-Z]{3}-\d{4}`), unless: func(h hit) bool { return standard(h) || notYears(h) }},
		{kind: "plate", digits: true, re: looks(`\d[A-Z]{3}\d{3}`)},
		{kind: "plate", digits: true, re: looks(`(?i)(?:licen[cs]e plate|number plate|plates?|registration|reg\. no|госномер\pL*|номерн\pL+ знак\pL*|номер\pL* (?:его |её |ее |их )?(?:машины|автомобиля))(?:[ :№#-]|is|was|number|no\b){0,5}` +
			`[a-zа-я]{0,3}[ -]?\d{2,4}[ -]?[a-zа-я]{0,3}(?: ?\d{2,3})?`), unless: func(h hit) bool { return yearInside(h) || counted.MatchString(h.after) }},
	}
}

// standard reports whether the letters name a norm, and so no vehicle.
func standard(h hit) bool {
	switch h.words[:3] {
	case "ISO", "RFC", "CVE", "IEC", "DIN":
		return true
	}
	return false
}

// places are where people live.
func places() []form {
	const (
		english = `(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Terrace|Way|Close|Crescent|Gardens|Alley)`
		kinds   = `(?:ул\.|улиц[аеыу]|пр-т|пр\.|просп\.|проспект[ае]?|пер\.|переул\pL+|бульвар\pL*|б-р|шоссе|наб\.|набережн\pL+|площад\pL+|пл\.|проезд\pL*|мкр\.?|микрорайон\pL*)`
		house   = `(?:д\.? ?|дом[ае]? ?№? ?|владение )`
		name    = `[«"]?[А-ЯЁ0-9][\pL\d.«»"-]*(?: [А-ЯЁ]?[\pL\d.-]+){0,3}?`
	)
	return []form{
		{kind: "address", digits: true, re: looks(`\d{1,5}[A-Za-z]? (?:[A-Z][\pL'’.-]*,? ){1,4}` + english), unless: wellKnown},
		{kind: "address", digits: true, re: looks(`[A-Z][\pL'’-]+ ` + english + `,? (?:no\. ?|house )?\d{1,4}[A-Za-z]?`), unless: func(h hit) bool { return notYears(h) || wellKnown(h) }},
		{kind: "address", digits: true, re: looks(`[A-ZÄÖÜ][\pL-]*(?:stra(?:ße|sse)|gatan|gade|gasse|weg) \d{1,4}[a-z]?`), unless: notYears},
		{kind: "address", digits: true, re: looks(`(?i)(?:apartment|apt\.?|flat) ?(?:no\.? ?|number |#)?\d{1,4}`), unless: func(h hit) bool { return yearInside(h) || counted.MatchString(h.after) }},
		{kind: "address", digits: true, re: looks(kinds + ` ?` + name + `,? ` + house + `\d{1,4}`)},
		{kind: "address", digits: true, re: looks(kinds + ` ?` + name + `,? \d{1,4}[а-яА-Я]?(?:[/-]\d{1,3})?`), unless: notHouse},
		{kind: "address", digits: true, re: looks(`[А-ЯЁ][\pL-]+ ` + kinds + `,? (?:` + house + `)?\d{1,4}`), unless: notHouse},
		{kind: "address", digits: true, re: looks(house + `\d{1,4}\pL?,? ?(?:(?:корп|к|стр|строение|корпус)\.? ?\d{1,3},? ?)?(?:кв\.?|квартир\pL+) ?\d{1,4}`)},
		{kind: "address", digits: true, re: looks(`(?i)(?:lives? (?:at|in)|home address(?: is)?|жив[её]т по адресу|проживает по адресу|прописан\pL? по адресу|домашний адрес)[ :]{1,3}[^.\n]{2,60}\d{1,4}`), unless: notYears},
	}
}

// notHouse reports whether the number after the name of a street is no house: a
// year, a day of the month, a number of people, or the beginning of a longer one.
func notHouse(h hit) bool {
	if notYears(h) {
		return true
	}
	if strings.HasPrefix(h.after, " ") && !strings.Contains(h.words, ",") {
		next := strings.TrimLeft(h.after, " ")
		return !strings.HasPrefix(next, "кв") && !strings.HasPrefix(next, "корп") && !strings.HasPrefix(next, "стр")
	}
	return false
}

// wellKnown reports whether an address is an institution's, or its number a year.
func wellKnown(h hit) bool {
	for _, name := range []string{"Downing Street", "Wall Street", "Pennsylvania Avenue", "Fleet Street", "Main Street", "Silk Road", "Belt"} {
		if strings.Contains(h.words, name) {
			return true
		}
	}
	return year.MatchString(numbers.FindString(h.words))
}
