package answers
import ("testing";"os";"strings";"fmt";"mentorrelay/parser/reply";"path/filepath")
func TestDbg4(t *testing.T){
 qs:=intake(t,"fr","")
 var texts []string
 b,_:=os.ReadFile("/work/shared/corpus/signals/asks_en.tsv")
 for _,l:=range strings.Split(string(b),"\n"){ _,s,_:=strings.Cut(l,"\t"); texts=append(texts,s)}
 fs,_:=filepath.Glob("../signals/testdata/*.tsv")
 for _,f:=range fs { b,_:=os.ReadFile(f); for _,l:=range strings.Split(string(b),"\n"){ i:=strings.LastIndex(l,"\t"); texts=append(texts,l[i+1:])}}
 fmt.Println(len(texts))
 rd:=NewReader(qs)
 for _,s:=range texts { g:=rd.Read(reply.Split(s)); if len(g.Answers)+len(g.Contradicted)>0 {fmt.Printf("ALL %q %v %v\n",s,g.Answers,g.Contradicted)}}
 for i,q:=range qs { if q.Kind==Text {continue}
  rd:=NewReader(qs[i:i+1]); n:=0
  for _,s:=range texts { g:=rd.Read(reply.Split(s)); if len(g.Answers)+len(g.Contradicted)>0 {n++; if n<12 {fmt.Printf("%s %q %v %v\n",q.Key,s[:min(len(s),150)],g.Answers,g.Contradicted)}}}
  fmt.Println(q.Key,n)
 }
}
