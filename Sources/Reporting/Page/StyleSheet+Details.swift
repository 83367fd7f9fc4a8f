extension StyleSheet {
  /// Matrix, stories, timelines, and the two narrow media: phone and paper.
  static let details = """

    .scroll{overflow-x:auto;position:relative}
    .matrix{border-collapse:separate;border-spacing:0;font-size:.9rem;background:var(--card);
    box-shadow:0 0 0 1px var(--line);border-radius:10px;width:100%}
    .matrix th{text-align:left;font-weight:500}
    .matrix tbody th{padding:.3rem .8rem;position:sticky;left:0;background:var(--card);z-index:1;
    min-width:13rem;max-width:24rem;border-top:1px solid var(--line)}
    .matrix tbody th a{color:inherit;text-decoration:none}
    .matrix tbody th a:hover{text-decoration:underline}
    .matrix small{display:inline-block;margin-left:.4rem}.matrix .alarm{color:var(--violated)}
    .matrix td{text-align:center;padding:.34rem .3rem;border-top:1px solid var(--line)}
    .matrix thead th{vertical-align:bottom;padding:.7rem .2rem .5rem}
    .models td.claim{font-size:.8rem;color:var(--soft);white-space:nowrap;
    border-left:1px solid var(--line)}.models tbody th{white-space:nowrap}
    .models thead th{text-align:center}
    .flows td{font-size:.8rem;white-space:nowrap;text-align:left}.flows td.unseen{color:var(--soft)}
    .flows td.seen{font-weight:600}.flows tbody th{white-space:nowrap}
    .flows th[scope=rowgroup]{font-weight:700;padding-top:1rem}
    .matrix thead th.corner{padding-left:.8rem;color:var(--soft)}
    .matrix thead th a{color:inherit;text-decoration:none;display:block}
    .matrix thead span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;
    margin:0 auto;display:block}
    .matrix .family th{background:var(--tint);font-size:.8rem;color:var(--soft);
    text-transform:uppercase;letter-spacing:.05em;padding:.35rem .8rem;max-width:none}
    .cell{display:inline-grid;place-items:center;width:1.75rem;height:1.75rem;border-radius:50%;
    color:var(--tone);text-decoration:none;font-weight:700;position:relative}
    .cell.held{background:var(--tonebg)}
    .cell.inconclusive{background:var(--tonebg);border-radius:6px}
    .cell.violated{background:var(--violated);color:var(--card);border-radius:4px}
    .cell.not-claimed{border-radius:0}
    .cell.control{border:1px dashed currentColor;border-radius:4px}
    .cell.shown{box-shadow:0 0 0 2px var(--card),0 0 0 3.5px var(--tone)}
    .legend{display:grid;grid-template-columns:repeat(auto-fill,minmax(20rem,1fr));
    gap:.5rem 1.5rem;margin-top:1.2rem;font-size:.875rem}
    .legend div{display:grid;grid-template-columns:9rem 1fr;align-items:start;gap:.5rem}
    .legend dt{font-weight:600;display:flex;gap:.5rem;align-items:center}
    .legend dd{margin:.2rem 0;color:var(--soft)}
    .story{background:var(--card);box-shadow:0 0 0 1px var(--line);border-radius:10px;
    margin:0 0 1rem;padding:0 1.3rem}
    .story>summary{padding:.9rem 0;display:flex;flex-wrap:wrap;gap:.3rem .8rem;
    align-items:baseline}
    .story>summary code{color:var(--soft)}
    .story[open]>summary{border-bottom:1px solid var(--line);margin-bottom:.9rem}
    .about{max-width:46em;white-space:pre-line}
    .facts{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.1rem 1.3rem;
    color:var(--soft);font-size:.875rem}
    .problem{background:var(--tint);padding:.5rem .8rem;border-radius:6px}
    .missed{background:var(--violatedbg);padding:.6rem .9rem;border-radius:6px;margin:0 0 .6rem}
    .missed p{margin:0}
    .finding{border-left:3px solid var(--tone);padding:.3rem 0 .3rem .9rem;margin:0 0 .45rem}
    .finding>summary{line-height:1.6}.finding[open]>summary{margin-bottom:.5rem}
    .finding .sentence{color:var(--ink)}
    .label{font-size:.8rem;color:var(--soft);margin:.3rem 0 .15rem;font-weight:600}
    .exercise{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.1rem 1.4rem;
    font-size:.92rem}
    .exercise strong,time,.n,.metas dd{font-variant-numeric:tabular-nums}
    .witness p{margin:.3rem 0}
    .sides{display:grid;grid-template-columns:6rem 1fr;gap:.2rem .6rem;margin:.3rem 0;
    font-size:.9rem}
    .sides dt{color:var(--soft)}
    .sides dd{margin:0;overflow-wrap:anywhere}
    .witness ol,.marks{list-style:none;padding:0;font-size:.9rem}
    .witness li,.marks li{display:grid;grid-template-columns:4rem 9rem 1fr;gap:.6rem;
    padding:.16rem 0;border-top:1px solid var(--line);align-items:baseline}
    .marks li{grid-template-columns:2rem 9rem 1fr}
    .n{font-weight:600;text-align:right}
    time{color:var(--soft);white-space:nowrap}
    .aside{margin:.6rem 0}.aside>summary{color:var(--soft);font-size:.92rem}
    .aside>.finding{margin-top:.4rem}
    .replay{margin:.9rem 0 .3rem;font-size:.92rem;color:var(--soft)}
    .replay code{user-select:all;color:var(--ink);background:var(--tint);padding:.1rem .4rem;
    border-radius:4px}
    .back{font-size:.85rem;margin-bottom:.9rem}
    figure{margin:1rem 0}figcaption{font-size:.9rem;color:var(--soft);margin-top:.3rem}
    svg{display:block;width:100%;min-width:720px;height:auto;
    font:11px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--soft)}
    svg .lane{font-weight:650;font-size:12px;fill:var(--ink)}
    svg .rule{stroke:var(--line)}svg .grid{stroke:var(--line);stroke-dasharray:2 3}
    svg .axis{text-anchor:middle}svg .axisend{text-anchor:end}
    svg .tick{fill:none;stroke-width:1.3}svg .crowd{stroke:none}
    svg .ask{stroke:var(--ask);fill:var(--ask)}
    svg .answer,svg .passed{stroke:var(--held);fill:var(--held)}
    svg .notice,svg .cut{stroke:var(--inconclusive);fill:var(--inconclusive)}
    svg .refused{stroke:var(--violated);fill:var(--violated)}
    svg .tick{fill:none}svg .crowd{stroke:none}
    svg .up{fill:var(--up)}svg .installed{fill:var(--keybg);stroke:var(--key)}
    svg .alive{fill:var(--keybg)}svg .inside{fill:var(--ink);font-size:10px}
    svg .mark{fill:var(--card);stroke:var(--soft)}
    svg .mark.made{stroke:var(--key);fill:var(--keybg)}
    svg .mark.ended{stroke:var(--violated);fill:var(--violatedbg)}
    svg .number{text-anchor:middle;font-size:9.5px;font-weight:650;fill:var(--ink)}
    svg .stem{stroke:var(--soft)}
    svg .fault{fill:var(--fault);opacity:.16}svg .faultname{fill:var(--inconclusive)}
    svg .broken{stroke:var(--violated);stroke-width:1.2;stroke-dasharray:4 3;fill:none}
    svg .flag{fill:var(--violated)}
    @media (max-width:640px){main{padding:.8rem .8rem 3rem}.head{padding:1.1rem 1.1rem .9rem}
    .promise{grid-template-columns:1fr;padding:.8rem .9rem}.story{padding:0 .9rem}
    .witness li,.marks li{grid-template-columns:2.6rem 1fr}
    .witness li span,.marks li span:last-child{grid-column:1/-1}
    .legend{grid-template-columns:1fr}.matrix tbody th{min-width:9rem}
    .metas{gap:.4rem 1.4rem}h2{margin-top:2.2rem}}
    @media print{:root{--bg:#fff;--card:#fff;--tint:#f3f4f3;--ink:#000;--soft:#444;--line:#ccc;
    --held:#17724a;--heldbg:#fff;--violated:#b0241c;--violatedbg:#fff;--inconclusive:#855600;
    --inconclusivebg:#fff;--link:#000;--key:#2d63b8;--keybg:#e6eefb;--up:#e5e8e7;--ask:#444}
    body{font-size:10pt}main{max-width:none;padding:0}
    nav,.promise.held,.promise.not-claimed,.promise details,#limits,#models,#flows,#money,#moments,
    #stories,#files,#promises:not(:has(.violated,.inconclusive)){display:none}
    .promise,tr,.legend div{break-inside:avoid}h2,h3,.family{break-after:avoid}
    .promise{font-size:9pt;padding:.4rem .8rem}h2{font-size:12pt;margin:1rem 0 .4rem}
    .scroll{overflow:visible}.matrix{font-size:6.2pt}
    .matrix tbody th{position:static;min-width:0;padding:.02rem .3rem;line-height:1.15}
    .matrix td{padding:.03rem 0}.matrix thead th{padding:.2rem 0}
    .matrix .family th{font-size:6.2pt;padding:.05rem .3rem}
    .matrix .cell{width:1.35em;height:1.35em}.matrix small,.matrix .alarm{font-size:inherit}
    .hint,.legend dd{font-size:7.5pt}
    .cell.shown{box-shadow:0 0 0 1px var(--tone)}
    .legend{font-size:7pt;gap:.1rem 1rem}.legend div{grid-template-columns:7rem 1fr}
    .cell,.badge{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
    @media screen{.paper{display:none}}

    """
}
