package store_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// recorderName is a file system of SQLite that does what the usual one does and
// writes down, in order, what happens to the files.
const recorderName = "recorder"

// A happening is one operation on a file, or an acknowledgement by the store.
type happening struct {
	op   op
	file string
	at   int64
	data []byte
}

type op int

const (
	written op = iota
	truncated
	synced
	deleted
	acknowledged // data is the key
)

// recorder is the one recorder of the process: SQLite knows file systems by
// name.
var recorder struct {
	sync.Mutex
	usual   *sqlite3.Tsqlite3_vfs
	methods map[uintptr]uintptr // patched by usual
	files   map[uintptr]openFile
	log     []happening
	left    int // operations until all fail; below zero is never
}

// failAfter lets n more operations on files succeed and every one after them
// fail; below zero all succeed.
func failAfter(n int) {
	recorder.Lock()
	defer recorder.Unlock()
	recorder.left = n
}

// fails counts an operation and reports whether it fails.
func fails() bool {
	recorder.Lock()
	defer recorder.Unlock()
	if recorder.left > 0 {
		recorder.left--
		return false
	}
	return recorder.left == 0
}

type openFile struct {
	name  string
	usual *sqlite3.Tsqlite3_io_methods
}

var register = sync.OnceValue(func() error {
	tls := libc.NewTLS()
	found := sqlite3.Xsqlite3_vfs_find(tls, 0)
	if found == 0 {
		return fmt.Errorf("SQLite has no file system")
	}
	recorder.usual = at[sqlite3.Tsqlite3_vfs](found)
	recorder.left = -1
	recorder.methods, recorder.files = map[uintptr]uintptr{}, map[uintptr]openFile{}
	ours := copyOf(tls, recorder.usual)
	v := at[sqlite3.Tsqlite3_vfs](ours)
	name, err := libc.CString(recorderName)
	if err != nil {
		return err
	}
	v.FzName, v.FpNext = name, 0
	v.FxOpen, v.FxDelete = pointer(recordOpen), pointer(recordDelete)
	if rc := sqlite3.Xsqlite3_vfs_register(tls, ours, 0); rc != sqlite3.SQLITE_OK {
		return fmt.Errorf("register the recorder: %d", rc)
	}
	return nil
})

// recording returns what was recorded since it was last called.
func recording() []happening {
	recorder.Lock()
	defer recorder.Unlock()
	log := recorder.log
	recorder.log = nil
	return log
}

func acknowledge(key string) {
	recorder.Lock()
	defer recorder.Unlock()
	recorder.log = append(recorder.log, happening{op: acknowledged, data: []byte(key)})
}

// at looks at memory outside Go's.
func at[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) }

func copyOf[T any](tls *libc.TLS, from *T) uintptr {
	to := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(*from)))
	*at[T](to) = *from
	return to
}

// pointer is a function as the translated C code of SQLite calls it.
func pointer(f any) uintptr { return (*[2]uintptr)(unsafe.Pointer(&f))[1] }

// function is the reverse of pointer.
func function[F any](p uintptr) F { return *(*F)(unsafe.Pointer(&struct{ uintptr }{p})) }

func recordOpen(tls *libc.TLS, vfs, name, file uintptr, flags int32, outFlags uintptr) int32 {
	rc := function[func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32](recorder.usual.FxOpen)(tls, vfs, name, file, flags, outFlags)
	if rc != sqlite3.SQLITE_OK || name == 0 {
		return rc
	}
	recorder.Lock()
	defer recorder.Unlock()
	f := at[sqlite3.Tsqlite3_file](file)
	usual := f.FpMethods
	patched, ok := recorder.methods[usual]
	if !ok {
		patched = copyOf(tls, at[sqlite3.Tsqlite3_io_methods](usual))
		m := at[sqlite3.Tsqlite3_io_methods](patched)
		m.FxClose, m.FxWrite, m.FxTruncate, m.FxSync = pointer(recordClose), pointer(recordWrite), pointer(recordTruncate), pointer(recordSync)
		recorder.methods[usual] = patched
	}
	f.FpMethods = patched
	recorder.files[file] = openFile{filepath.Base(libc.GoString(name)), at[sqlite3.Tsqlite3_io_methods](usual)}
	return rc
}

func recordDelete(tls *libc.TLS, vfs, name uintptr, syncDir int32) int32 {
	record(happening{op: deleted, file: filepath.Base(libc.GoString(name))})
	return function[func(*libc.TLS, uintptr, uintptr, int32) int32](recorder.usual.FxDelete)(tls, vfs, name, syncDir)
}

func recordClose(tls *libc.TLS, file uintptr) int32 {
	usual := opened(file).usual
	recorder.Lock()
	delete(recorder.files, file)
	recorder.Unlock()
	return function[func(*libc.TLS, uintptr) int32](usual.FxClose)(tls, file)
}

func recordWrite(tls *libc.TLS, file, from uintptr, n int32, offset int64) int32 {
	if fails() {
		return sqlite3.SQLITE_FULL
	}
	f := opened(file)
	data := make([]byte, n)
	copy(data, unsafe.Slice(at[byte](from), n))
	record(happening{op: written, file: f.name, at: offset, data: data})
	return function[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](f.usual.FxWrite)(tls, file, from, n, offset)
}

func recordTruncate(tls *libc.TLS, file uintptr, size int64) int32 {
	if fails() {
		return sqlite3.SQLITE_IOERR_TRUNCATE
	}
	f := opened(file)
	record(happening{op: truncated, file: f.name, at: size})
	return function[func(*libc.TLS, uintptr, int64) int32](f.usual.FxTruncate)(tls, file, size)
}

// recordSync notes the sync when it has succeeded.
func recordSync(tls *libc.TLS, file uintptr, flags int32) int32 {
	if fails() {
		return sqlite3.SQLITE_IOERR_FSYNC
	}
	f := opened(file)
	rc := function[func(*libc.TLS, uintptr, int32) int32](f.usual.FxSync)(tls, file, flags)
	if rc == sqlite3.SQLITE_OK {
		record(happening{op: synced, file: f.name})
	}
	return rc
}

func opened(file uintptr) openFile {
	recorder.Lock()
	defer recorder.Unlock()
	return recorder.files[file]
}

func record(h happening) {
	recorder.Lock()
	defer recorder.Unlock()
	recorder.log = append(recorder.log, h)
}
