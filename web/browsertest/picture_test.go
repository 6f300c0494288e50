package browsertest

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"parley/i18n"
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
	for _, lang := range i18n.Languages {
		home := s.address + "/" + lang + "/us-russia-2009/"
		keep := func(name string, parts ...[]byte) {
			data := fewColours(t, below(t, parts))
			if len(data) > largest {
				t.Errorf("%s in %s: %d bytes, more than %d", name, lang, len(data), largest)
			}
			if err := os.WriteFile(filepath.Join(*pictures, name+"-"+lang+".png"), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		b.do(chromedp.EmulateViewport(1280, 960))
		b.visit(home + "comparison")
		keep("comparison", run(b, chromedp.CaptureScreenshot()))
		b.visit(home + "deals")
		keep("deals", run(b, chromedp.CaptureScreenshot()))
		// A picture travels alone: the head says as of when and by whom.
		b.visit(s.address + "/" + lang + "/three-towns/knowing")
		keep("knowing", run(b, chromedp.CaptureScreenshot()))
		b.visit(home + "deals")
		keep("swap", run(b, chromedp.Screenshot(chromedp.CSS(".masthead"))), run(b, chromedp.Screenshot(chromedp.CSS("#swap-2"))))
	}
}

// below puts pictures one below the other.
func below(t *testing.T, parts [][]byte) image.Image {
	t.Helper()
	var pictures []image.Image
	box := image.Rectangle{}
	for _, data := range parts {
		p, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		pictures = append(pictures, p)
		box.Max = image.Pt(max(box.Dx(), p.Bounds().Dx()), box.Dy()+p.Bounds().Dy())
	}
	out := image.NewRGBA(box)
	draw.Draw(out, box, image.NewUniform(pictures[0].At(0, 0)), image.Point{}, draw.Src)
	y := 0
	for _, p := range pictures {
		draw.Draw(out, image.Rect(0, y, p.Bounds().Dx(), y+p.Bounds().Dy()), p, p.Bounds().Min, draw.Src)
		y += p.Bounds().Dy()
	}
	return out
}

// fewColours writes a picture with its 256 most frequent colours, which a page
// of text does not miss.
func fewColours(t *testing.T, from image.Image) []byte {
	t.Helper()
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
