#!/usr/bin/env python3
"""Reads the catalogue (core/src/catalogue/defs/*.rs) and writes the ids that need a label to src/lib/i18n/catalogue-ids.json.

    python3 scripts/catalogue-ids.py [path to catalogue/defs]
"""
import json, pathlib, re, sys

here = pathlib.Path(__file__).parent.parent
defs = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else here / "../core/src/catalogue/defs")
snake = lambda s: re.sub(r"(?<!^)(?=[A-Z])", "_", s).lower()
order = ["identity", "relation", "contact", "work", "employment", "guidance", "documents", "money", "health", "special"]
fields, sections = [], []
for name in order:
    text = (defs / f"{name}.rs").read_text()
    consts = {m[1]: m[2] for m in re.finditer(r"const (\w+): Protection = ([^;]*);", text)}
    parts = re.split(r"(?:const (\w+): FieldDef = )?\bFieldDef \{", text)
    bases = {}
    for const, body in zip(parts[1::2], parts[2::2]):
        one = {}
        if m := re.search(r"\.\.(\w+)", body): one.update(bases.get(m[1], {}))
        if m := re.search(r'\bid: "(\w*)"', body): one["id"] = m[1]
        if m := re.search(r"section: Section::(\w+)", body): one["section"] = snake(m[1])
        if m := re.search(r"value: ValueType::(\w+)(?:\(([^)]*)\))?", body):
            one["valueType"] = snake(m[1]); arg = m[2] or ""
            one["choices"] = re.findall(r'"(\w+)"', arg) if m[1] == "Choice" else []
            s = re.search(r"Shape::(\w+)", arg); one["shape"] = snake(s[1]) if s else None
        if m := re.search(r"protection: (\S+?),", body): one["protected"] = "Open" not in m[1]; one["medical"] = "Medical" in m[1] or "Medical" in consts.get(m[1], "")
        if const: bases[const] = one
        elif one.get("id"):
            fields.append(one)
            if one["section"] not in sections: sections.append(one["section"])
kinds = [{"id": m[1], "fields": re.findall(r'"(\w+)"', m[2])} for m in re.finditer(r'id: "(\w+)",\s*fields: &\[(.*?)\]', (defs / "kind.rs").read_text(), re.S)]
out = here / "src/lib/i18n/catalogue-ids.json"
out.write_text(json.dumps({"kinds": kinds, "sections": sections, "fields": fields}, indent=1) + "\n")
print(len(fields), "fields", len(kinds), "kinds", sections)
