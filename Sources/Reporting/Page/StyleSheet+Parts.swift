extension StyleSheet {
  /// First screen, questions, money, close-ups, and the timeline that can be zoomed.
  static let parts = """

    .question{display:block;font-size:.62em;font-weight:600;color:var(--soft);line-height:1.35;
    letter-spacing:0;margin-bottom:.25rem}.answer{display:block}
    .columns{display:grid;grid-template-columns:1fr 1fr;gap:.4rem 2.4rem;
    border-top:1px solid var(--line);padding-top:1rem;margin-bottom:.8rem}
    .columns h2{font-size:1rem;margin:0 0 .4rem}.columns ul{padding-left:1.1rem;font-size:.9rem}
    .columns li{margin:.25rem 0}
    .metas .wide{flex-basis:100%}.metas .wide dd{overflow-wrap:anywhere}
    table.asked,table.files{border-collapse:collapse;width:100%;background:var(--card);
    box-shadow:0 0 0 1px var(--line);border-radius:10px;font-size:.92rem}
    .asked th,.asked td,.files th,.files td{text-align:left;vertical-align:top;
    padding:.55rem .8rem;border-top:1px solid var(--line);font-weight:400}
    .asked thead th,.files thead th{border-top:0;color:var(--soft);font-size:.8rem}
    .asked tbody th{font-weight:600;width:34%}.asked td:nth-child(2){width:36%}
    .asked q{display:block;font-weight:400;font-style:italic;color:var(--soft);font-size:.86em}
    .asked .proof{color:var(--soft);font-size:.9em}.asked .proof a{display:inline-block}
    .files td code{font-size:.75rem}.files th,.files td{padding:.25rem .8rem}
    .money td,.moments td,.latency td{text-align:left;font-size:.85rem;padding:.34rem .6rem;
    font-variant-numeric:tabular-nums}
    .money thead th,.moments thead th{padding:.6rem;font-size:.8rem;color:var(--soft)}
    .moments td:nth-child(n+3){white-space:nowrap}
    .money small,.moments small{display:block;margin-left:0}
    .money .differs{color:var(--violated);font-weight:600}
    .statements{margin-top:.8rem;padding-left:1.1rem;font-size:.92rem}
    .close-up{border-left:3px solid var(--key);padding-left:.9rem}
    .close-up figcaption{margin-bottom:.4rem}
    .latency .pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem;align-items:end}
    .latency .matrix{width:auto;margin-top:.6rem}
    svg.plot{min-width:0}.curve{fill:none;stroke-width:1.8}
    .curve.subject{stroke:var(--key)}.curve.control{stroke:var(--inconclusive)}
    .swatch{display:inline-block;width:1.4em;height:.25em;vertical-align:middle;margin-left:.6em}
    .swatch.subject{background:var(--key)}.swatch.control{background:var(--inconclusive)}
    svg .margin{stroke:var(--violated);stroke-width:1.5;stroke-dasharray:4 3;fill:none}
    svg .interval.within{fill:var(--held)}svg .interval.beyond{fill:var(--violated)}
    svg .estimate{fill:var(--card);stroke:var(--ink);stroke-width:1.5}
    svg .zone{fill:var(--card);stroke:var(--line);stroke-width:1.5}
    svg .zone.seen{fill:var(--keybg);stroke:var(--key)}svg .zone.unseen{stroke-dasharray:4 4}
    svg .way{stroke:var(--key);stroke-width:2}svg .tip{fill:var(--key)}
    #flows svg .row{fill:var(--ink)}
    .zoom{margin:1rem 0}.zoom svg{cursor:crosshair;touch-action:pan-y}
    .tools,.pager{display:flex;flex-wrap:wrap;gap:.4rem;align-items:center;font-size:.9rem}
    .tools .span{color:var(--soft);font-variant-numeric:tabular-nums;margin:0 .5rem}
    button,input[type=search]{font:inherit;color:var(--ink);background:var(--card);
    border:1px solid var(--soft);border-radius:6px;padding:.2rem .6rem;min-height:2rem;
    min-width:2rem}
    ::placeholder{color:var(--soft);opacity:1}
    button{cursor:pointer}button:hover{background:var(--tint)}
    .events{list-style:none;padding:0;font-size:.9rem}
    .events button{display:grid;grid-template-columns:4.5rem 9rem 1fr;gap:.6rem;width:100%;
    text-align:left;border:0;border-top:1px solid var(--line);border-radius:0;background:none}
    .events button[aria-pressed=true]{background:var(--tint)}
    .events .alarm bdi{color:var(--violated)}
    .witnessed{font:inherit;min-height:0;padding:0 .3rem;color:var(--link)}
    .detail{background:var(--tint);border-radius:8px;padding:.1rem .9rem;font-size:.9rem}
    .detail:empty{display:none}.detail p{margin:.5rem 0}
    .detail dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));
    gap:.3rem 1.2rem}.detail dt{font-size:.78rem;color:var(--soft)}
    .detail dd{margin:0;overflow-wrap:anywhere}.detail div:has(code){grid-column:1/-1}
    svg .keys{stroke:var(--key);fill:var(--key)}svg .alarm{stroke:var(--violated);stroke-width:3}
    svg .chosen{stroke:var(--link);stroke-width:1.5}
    @media screen{.still>.scroll{display:none}}
    @media (max-width:640px){.columns,.latency .pair{grid-template-columns:1fr}
    .events button{grid-template-columns:3rem 1fr}.events bdi{grid-column:1/-1}
    table.asked,.asked tbody,.asked tr,.asked th,.asked td{display:block}
    .asked thead{display:none}.asked tbody th,.asked td:nth-child(2){width:auto}
    .asked td{border-top:0;padding-top:.1rem}}
    @media print{.zoom{display:none}.columns ul,.asked{font-size:8pt}.columns h2{font-size:9pt}
    .head{padding:.5rem .8rem;border-radius:0}h1{font-size:15pt;margin:.2rem 0 .4rem}
    .metas{padding-top:.3rem;margin-bottom:.3rem;gap:.2rem 1rem}.metas dd{font-size:8.5pt}
    .metas dt{font-size:7pt}
    .columns li{margin:.1rem 0}.columns{padding-top:.3rem;margin-bottom:0}
    .counters{margin-bottom:.3rem}.counters li{padding:.1rem .6rem;font-size:9pt}
    .sheet{break-before:page;break-after:page}.sheet h2{margin:0 0 .2rem;font-size:12pt}
    .sheet .hint{margin-bottom:.2rem;font-size:7.5pt}
    .asked.asked th,.asked.asked td{padding:.14rem .4rem;font-size:7.2pt;line-height:1.28}
    .asked .badge{font-size:6.8pt;padding:0 .35rem;line-height:1.3}.asked code{font-size:6pt}
    .files td code,.files th code{font-size:6pt}}

    """
}
