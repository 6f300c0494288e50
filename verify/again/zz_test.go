package again_test
import ("testing";"parley/deal";"encoding/json";"os";"time";"parley/verify/again")
func TestZZ(t *testing.T){ 
 data := bundle(t, "../../examples/us-russia-2009.yaml testdata/said-plainly.weights", func(*deal.Settings){})
 var x struct{Answer struct{Strength struct{Judgements []deal.Judgement}}}
 json.Unmarshal(data,&x)
 for _,j:=range x.Answer.Strength.Judgements { if j.Kind=="weights"{ t.Logf("%+v",j)} }
 t.Log(len(x.Answer.Strength.Judgements))
 at:=time.Now(); r,err:=again.Bundle(data); t.Log(wrong(r,err), time.Since(at)); for _,l:=range r.Lines { if len(l.Open)>0 {t.Log(l)}}
 os.WriteFile("/tmp/E.z.json",data,0o644)
}
