package web

import (
	"fmt"
	"html/template"
	"image/color"
	"net/url"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// quietZone is the white edge of a picture code, in modules.
const quietZone = 4

// otpauth is what apps for codes read from a picture.
func otpauth(name, secret string) string {
	u := url.URL{
		Scheme: "otpauth", Host: "totp", Path: "/parley:" + name,
		RawQuery: url.Values{"secret": {secret}, "issuer": {"parley"}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {"30"}}.Encode(),
	}
	return u.String()
}

// qrPicture draws text as a picture code: dark on white in every colour scheme, as
// cameras want it.
func qrPicture(text, title string) (template.HTML, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return "", fmt.Errorf("web: picture code: %w", err)
	}
	n := code.Bounds().Dx()
	var path strings.Builder
	for y := range n {
		for x := 0; x < n; x++ {
			start := x
			for x < n && dark(code.At(x, y)) {
				x++
			}
			if x > start {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", start+quietZone, y+quietZone, x-start, x-start)
			}
		}
	}
	size := n + 2*quietZone
	return template.HTML(fmt.Sprintf(
		`<svg class="qr" viewBox="0 0 %[1]d %[1]d" role="img" aria-label="%[2]s" shape-rendering="crispEdges"><rect width="%[1]d" height="%[1]d" fill="#fff"/><path d="%[3]s" fill="#000"/></svg>`,
		size, template.HTMLEscapeString(title), path.String())), nil
}

func dark(c color.Color) bool {
	r, _, _, _ := c.RGBA()
	return r < 0x8000
}
