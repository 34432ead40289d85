package load

import "github.com/gopreflight/gopreflight/portcheck/internal/port"

// BadImport is an import that the go command cannot satisfy on some slots.
type BadImport struct {
	File    *File
	Import  *Import
	Slots   port.Set
	Message string
}

// BadImports finds the imports of a file that lead nowhere on the given slots.
func (f *File) BadImports(slots port.Set) []BadImport {
	var out []BadImport
	slots &= f.Slots
	for i := range f.Imports {
		im := &f.Imports[i]
		switch {
		case im.Failure != nil:
			out = append(out, BadImport{f, im, slots, im.Failure.Message})
		case im.Target != nil && im.Target.Body || im.Target != nil && im.Target.Std:
			if missing := slots &^ im.Target.Slots; missing != 0 {
				text := "build constraints exclude all Go files in " + im.Target.Dir
				if im.Target.Listing == nil || !im.Target.Listing.HasGoFiles {
					text = "no Go files in " + im.Target.Dir
				}
				out = append(out, BadImport{f, im, missing, text})
			}
		}
	}
	return out
}
