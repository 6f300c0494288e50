package browsertest

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

var pictures = flag.String("pictures", "", "the folder to which the pictures of the README are written")

// largest picture that the README may carry, in bytes.
const largest = 200 << 10

// TestPictures takes the pictures of the README where a folder is named.
func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("no folder named: make screenshots")
	}
	s, b := startSite(t), newTab(t)
	b.show(look{width: 1280})
	for _, lang := range []string{"en", "ru"} {
		for _, name := range []string{"comparison", "deals"} {
			b.visit(s.address + "/" + lang + "/us-russia-2009/" + name)
			data := fewColours(t, run(b, chromedp.CaptureScreenshot()))
			if len(data) > largest {
				t.Errorf("%s in %s: %d bytes, more than %d", name, lang, len(data), largest)
			}
			if err := os.WriteFile(filepath.Join(*pictures, name+"-"+lang+".png"), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// fewColours writes a picture anew with its 256 most frequent colours, which a
// page of text does not miss.
func fewColours(t *testing.T, data []byte) []byte {
	t.Helper()
	from, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	counts, box := map[color.Color]int{}, from.Bounds()
	for y := range box.Dy() {
		for x := range box.Dx() {
			counts[from.At(x, y)]++
		}
	}
	palette := make(color.Palette, 0, len(counts))
	for c := range counts {
		palette = append(palette, c)
	}
	slices.SortFunc(palette, func(a, b color.Color) int { return counts[b] - counts[a] })
	to := image.NewPaletted(box, palette[:min(256, len(palette))])
	nearest := map[color.Color]uint8{}
	for y := range box.Dy() {
		for x := range box.Dx() {
			c := from.At(x, y)
			i, known := nearest[c]
			if !known {
				i = uint8(to.Palette.Index(c))
				nearest[c] = i
			}
			to.SetColorIndex(x, y, i)
		}
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, to); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
