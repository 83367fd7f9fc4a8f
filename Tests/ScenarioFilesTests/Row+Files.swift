/// The top of a scenario file.
extension Row {
  static let files: [Row] = [
    Row(
      #"""
      scenario: S
      about: A
      shows: [direct-biling]
      world: worlds/small.yaml
      vendor: honnest
      timeline: [{ at: 1m, pause: {} }]
      """#,
      #"""
      s.yaml:3:9: error: unknown guarantee 'direct-biling'
      shows: [direct-biling]
              ^~~~~~~~~~~~~ did you mean 'direct-billing'?
      s.yaml:5:9: error: unknown vendor 'honnest'
      vendor: honnest
              ^~~~~~~ did you mean 'honest'?
      """#
    ),
    Row(
      #"""
      scenario: S
      about: A
      shows: []
      world: worlds/smal.yaml
      timeline: []
      """#,
      #"""
      s.yaml:3:8: error: 'shows' names at least one guarantee
      shows: []
             ^
      s.yaml:4:8: error: 'worlds/smal.yaml': there is nothing of that name in '.'
      world: worlds/smal.yaml
             ^~~~~~~~~~~~~~~~ did you mean 'worlds/small.yaml'?
      s.yaml:5:11: error: the timeline is empty
      timeline: []
                ^
      """#
    ),
    Row(
      #"""
      scenario: S
      abot: A
      shows: [direct-billing]
      world: worlds/small.yaml
      plays-in: simulatd
      timeline: [{ at: 1m, pause: {} }]
      """#,
      #"""
      s.yaml:2:1: error: unknown word in a scenario: 'abot'
      abot: A
      ^~~~ did you mean 'about'?
      s.yaml:5:11: error: unknown world to play in 'simulatd'
      plays-in: simulatd
                ^~~~~~~~ did you mean 'simulated'?
      """#
    ),
    Row(
      #"""
      scenario: S
      about: A
      shows: [direct-billing]
      world: worlds/small.yaml
      expect-verdicts: { direct-billing: hold, instant: held }
      timeline: [{ at: 1m, pause: {} }]
      """#,
      #"""
      s.yaml:5:36: error: unknown verdict 'hold'
      expect-verdicts: { direct-billing: hold, instant: held }
                                         ^~~~ did you mean 'held'?
      s.yaml:5:42: error: unknown guarantee 'instant'; known: direct-billing, \#
      instant-revocation, department-isolation
      expect-verdicts: { direct-billing: hold, instant: held }
                                               ^~~~~~~
      """#
    ),
    Row(
      #"""
      scenario: S
      about: A
      shows: [direct-billing]
      world: worlds/small.yaml
      timeline: { at: 1m }
      """#,
      #"""
      s.yaml:5:11: error: 'timeline' must be a list of steps, each with '- at:' or '- every:'
      timeline: { at: 1m }
                ^
      """#
    ),
    Row(
      #"scenari: S"#,
      #"""
      s.yaml:1:1: error: unknown word in a scenario: 'scenari'
      scenari: S
      ^~~~~~~ did you mean 'scenario'?
      s.yaml:1:1: error: a scenario needs 'about'
      scenari: S
      ^
      s.yaml:1:1: error: a scenario needs 'shows'
      scenari: S
      ^
      s.yaml:1:1: error: a scenario needs 'world'
      scenari: S
      ^
      s.yaml:1:1: error: a scenario needs 'timeline'
      scenari: S
      ^
      """#
    ),
    Row(
      #"""
      scenario: S
      about: It says: this
      """#,
      #"""
      s.yaml:2:15: error: this is not YAML: a text with ': ' in it wants quotes, \#
      and a word its own line
      about: It says: this
                    ^
      """#
    ),
    Row(
      #"just words"#,
      #"""
      s.yaml:1:1: error: a scenario must be a mapping, 'word: value'
      just words
      ^~~~~~~~~~
      """#
    ),
  ]
}
