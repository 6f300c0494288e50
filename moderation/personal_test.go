package moderation

import "testing"

func TestContains(t *testing.T) {
	for words, kind := range map[string]string{
		"звони 8 (912) 345-67-89":             "phone",
		"+44 20 7946 0958":                    "phone",
		"call me: 555-123-4567":               "phone",
		"my mail is a.b@c.org":                "email",
		"имя [собака] почта [точка] ру":       "email",
		"ул. Ленина, д. 5, кв. 12":            "address",
		"живёт на Тверской улице, 12":         "address",
		"проспект Мира, 12-45":                "address",
		"12 Baker Street":                     "address",
		"He lives at 221b Baker Lane, flat 3": "address",
		"паспорт 4509 123456":                 "document",
		"СНИЛС 112-233-445 95":                "document",
		"ИНН 500100732259":                    "document",
		"IBAN GB82 WEST 1234 5698 7654 32":    "document",
		"DE89 3704 0044 0532 0130 00":         "document",
		"4111 1111 1111 1111":                 "card",
		"А123ВС77":                            "plate",
		"госномер а 123 вс 77":                "plate",
		"M-AB 1234":                           "plate",
	} {
		found := false
		for _, f := range Contains("Look: " + words + ", that is it.") {
			found = found || f.Kind == kind
		}
		if !found {
			t.Errorf("%q: no %s was found, got %v", words, kind, Contains(words))
		}
	}
	for _, words := range []string{
		"In 2009 Wall Street fell", "бюджет 8 912 345 678 рублей", "Договор № 131-ФЗ от 2009 года", "в 100 км 20 человек",
		"на улицы Киева 200 тысяч человек", "Resolution 1244 (1999)", "#12 и #134", "2001-2009", "12.05.2009 и 2009-06-15",
		"ISO-9001 и СНВ-1, START-2", "1 234 567 890 euro", "на площади Тахрир 25 января", "II кв. 2009", "with 123 456 789 people",
		"от 10 до 15 %, 1:2,5", "2001 2005 2009 2012", "10 Downing Street", "",
	} {
		if found := Contains(words); len(found) != 0 {
			t.Errorf("%q: got %v, want nothing", words, found)
		}
	}
}
