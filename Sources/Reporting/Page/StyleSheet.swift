/// The page's style: system fonts, light and dark, screen, phone and paper.
enum StyleSheet {
  static let text = """

    :root{--bg:#fafaf8;--card:#fff;--ink:#1b1f23;--soft:#5a646d;--line:#e0e3e1;--tint:#f1f3f1;
    --held:#17724a;--heldbg:#e7f4ec;--violated:#b0241c;--violatedbg:#fdecea;
    --inconclusive:#855600;--inconclusivebg:#fdf3dc;--quiet:#5a646c;--link:#1f55a3;
    --ask:#51606e;--key:#2d63b8;--keybg:#dbe7fa;--up:#dfe4e3;--upink:#9aa5a3;--fault:#e8a33d}
    @media (prefers-color-scheme:dark){:root{--bg:#121518;--card:#1a1e22;--ink:#e7eaec;
    --soft:#9ba6af;--line:#2e353b;--tint:#21262b;--held:#62c894;--heldbg:#15301f;
    --violated:#ff9086;--violatedbg:#3d1a18;--inconclusive:#ecbd63;--inconclusivebg:#352812;
    --quiet:#98a3ac;--link:#8fb8f5;--ask:#a9b6c1;--key:#8fb8f5;--keybg:#1f3658;--up:#2b3237;
    --upink:#59646c;--fault:#c98a2d}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
    body{margin:0;background:var(--bg);color:var(--ink);
    font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
    main{max-width:1120px;margin:0 auto;padding:2.2rem 1.5rem 5rem}
    h1{font-size:clamp(1.5rem,3.6vw,2.15rem);line-height:1.22;margin:.5rem 0 1.2rem;
    letter-spacing:-.012em;max-width:30em;text-wrap:balance;font-weight:650}
    h2{font-size:1.3rem;margin:3.2rem 0 1rem;letter-spacing:-.005em}
    h3{font-size:1.02rem;line-height:1.4;margin:0;font-weight:600}
    p,ul,ol,dl{margin:0 0 .7rem}
    a{color:var(--link);text-underline-offset:.18em;text-decoration-thickness:1px}
    code{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;
    overflow-wrap:anywhere}
    small,.hint{color:var(--soft);font-size:.875rem}
    summary{cursor:pointer}
    :focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:4px}
    bdi{overflow-wrap:anywhere}
    .eyebrow{font-size:.8rem;letter-spacing:.1em;text-transform:uppercase;color:var(--soft);
    margin:0 0 .3rem;font-weight:600}
    .subject{color:var(--soft);margin:0}
    .reservation{font-weight:600;margin:-.5rem 0 .9rem;max-width:46em}
    .symbol{font-weight:700;display:inline-block;min-width:.9em;text-align:center}
    .head{border-top:6px solid var(--held);background:var(--card);border-radius:10px;
    padding:1.5rem 1.8rem 1.2rem;box-shadow:0 0 0 1px var(--line)}
    .head.violated{border-top-color:var(--violated)}
    .head.inconclusive{border-top-color:var(--inconclusive)}
    .counters{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.6rem;margin:0 0 1rem}
    .counters li{padding:.35rem .85rem;border-radius:999px;font-size:.95rem}
    .counters strong{font-size:1.1rem;margin:0 .1rem}
    .held{--tone:var(--held);--tonebg:var(--heldbg)}
    .violated{--tone:var(--violated);--tonebg:var(--violatedbg)}
    .inconclusive{--tone:var(--inconclusive);--tonebg:var(--inconclusivebg)}
    .not-claimed,.quiet,.control{--tone:var(--quiet);--tonebg:var(--tint)}
    .counters li,.badge{color:var(--tone);background:var(--tonebg)}
    .badge{display:inline-block;border-radius:999px;padding:.1rem .7rem;font-size:.85rem;
    font-weight:600;white-space:nowrap;margin:0;line-height:1.6}
    .control.badge{border:1px dashed currentColor}
    .calibration{font-size:.95rem;color:var(--soft);margin-bottom:1rem}
    .metas{display:flex;flex-wrap:wrap;gap:.5rem 1.7rem;margin:0 0 1rem;padding-top:1rem;
    border-top:1px solid var(--line)}
    .metas dt{font-size:.78rem;color:var(--soft)}
    .metas dd{margin:0;font-size:.95rem;font-variant-numeric:tabular-nums}
    nav{display:flex;flex-wrap:wrap;gap:.2rem 1.3rem;font-size:.92rem}
    .promise{display:grid;grid-template-columns:8.6rem 1fr;gap:.4rem 1rem;background:var(--card);
    box-shadow:0 0 0 1px var(--line);padding:.85rem 1.1rem;border-left:4px solid var(--tone)}
    .promise:first-of-type{border-radius:0 10px 0 0}.promise:last-of-type{border-radius:0 0 10px 0}
    .promise+.promise{margin-top:1px}
    .promise .badge{justify-self:start;align-self:start}
    .promise p{margin:.2rem 0 .35rem}.promise .badge{margin:.05rem 0 0}
    .promise.violated{background:linear-gradient(var(--tonebg),var(--tonebg)) var(--card)}
    .promise.violated .badge{background:var(--violated);color:var(--card)}
    .found{color:var(--ink)}.promise.held .found{color:var(--soft)}
    .promise summary{font-size:.85rem;color:var(--soft)}
    blockquote{margin:.5rem 0;padding:.1rem 0 .1rem .9rem;border-left:3px solid var(--line);
    font-style:italic}
    .deciding,.files{padding-left:1.1rem;font-size:.92rem}
    .limits{background:var(--tint);border-radius:10px;padding:1.1rem 1.6rem .6rem;margin-top:2rem}
    .limits h2{margin:0 0 .6rem}.limits ul{padding-left:1.1rem}.limits li{margin:.2rem 0}
    .spoken{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
    white-space:nowrap}

    """
}
