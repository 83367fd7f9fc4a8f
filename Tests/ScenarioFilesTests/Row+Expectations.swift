/// Impostors, expectations, and YAML that is none.
extension Row {
  static let expectations: [Row] = [
    Row(
      #"  - { at: 1m, knock: { as: ben, with: not-endorsed, text: Hm } }"#,
      #"""
      s.yaml:6:39: error: 'not-endorsed' is a trick with tokens of teams, and 'ben' is on \#
      google-chat
        - { at: 1m, knock: { as: ben, with: not-endorsed, text: Hm } }
                                            ^~~~~~~~~~~~
      """#
    ),
    Row(
      #"  - { at: 1m, deliver-again: { who: ana } }"#,
      #"""
      s.yaml:6:5: warning: 'ana' has asked nothing that could be repeated
        - { at: 1m, deliver-again: { who: ana } }
          ^
      """#
    ),
    Row(
      #"  - { every: 1m, from: 5m, until: 5m, ask: { who: ana, text: Hm } }"#,
      #"""
      s.yaml:6:35: warning: this never happens: 'until' is not after 'from'
        - { every: 1m, from: 5m, until: 5m, ask: { who: ana, text: Hm } }
                                        ^~
      """#
    ),
    Row(
      #"  - { at: 1m, pause: {}, expect: { accepted: true } }"#,
      #"""
      s.yaml:6:36: error: 'accepted' cannot be expected of 'pause'
        - { at: 1m, pause: {}, expect: { accepted: true } }
                                         ^~~~~~~~
      """#
    ),
    Row(
      #"  - { at: 1m, ask: { who: ana, text: Hm }, expect: { accepted: true } }"#,
      #"""
      s.yaml:6:54: error: 'accepted' cannot be expected of 'ask'
        - { at: 1m, ask: { who: ana, text: Hm }, expect: { accepted: true } }
                                                           ^~~~~~~~
      """#
    ),
    Row(
      #"  - { at: 1m, ask: { who: ana, text: Hm }, expect: { anser: given } }"#,
      #"""
      s.yaml:6:54: error: unknown word in 'expect': 'anser'
        - { at: 1m, ask: { who: ana, text: Hm }, expect: { anser: given } }
                                                           ^~~~~ did you mean 'answer'?
      """#
    ),
    Row(
      #"  - { at: 1m, ask: { who: ana, text: Hm }, expect: { answer: givn } }"#,
      #"""
      s.yaml:6:62: error: unknown kind of answer 'givn'
        - { at: 1m, ask: { who: ana, text: Hm }, expect: { answer: givn } }
                                                                   ^~~~ did you mean 'given'?
      """#
    ),
    Row(
      #"""
        - { at: 1m, ask: { who: ana, text: Hm }, expect: { answer: refused, because: key-reject } }
      """#,
      #"""
      s.yaml:6:80: error: unknown reason 'key-reject'
        - { at: 1m, ask: { who: ana, text: Hm }, expect: { answer: refused, because: key-reject } }
                                                                                     ^~~~~~~~~~ \#
      did you mean 'key-rejected'?
      """#
    ),
    Row(
      #"  - { at: 1m, ask: { who: ana, text: Hm }, expect: { answer: given, because: no-key } }"#,
      #"""
      s.yaml:6:69: error: 'because' contradicts 'answer: given'
        - { at: 1m, ask: { who: ana, text: Hm }, expect: { answer: given, because: no-key } }
                                                                          ^~~~~~~
      """#
    ),
    Row(
      #"  - { at: 1m, ask: { who: ana, text: Hm }, expect: { within: 5s } }"#,
      #"""
      s.yaml:6:54: error: 'within' belongs to 'answer'
        - { at: 1m, ask: { who: ana, text: Hm }, expect: { within: 5s } }
                                                           ^~~~~~
      """#
    ),
    Row(
      #"  - { at: 1m, ask: { who: ana, text: Hm }, expect: { draws-on: hr } }"#,
      #"""
      s.yaml:6:64: error: unknown knowledge base 'hr'; known: hr-handbook
        - { at: 1m, ask: { who: ana, text: Hm }, expect: { draws-on: hr } }
                                                                     ^~
      """#
    ),
    Row(
      #"  - { at: 1m, remove-key: {}, expect: { accepted: maybe } }"#,
      #"""
      s.yaml:6:51: error: unknown value of 'accepted' 'maybe'; known: true, false
        - { at: 1m, remove-key: {}, expect: { accepted: maybe } }
                                                        ^~~~~
      """#
    ),
    Row(
      #"  - { at: 1m, ask: { who: ana, text: Hm }, at: 2m }"#,
      #"""
      s.yaml:6:7: error: 'at' stands more than once in the same mapping
        - { at: 1m, ask: { who: ana, text: Hm }, at: 2m }
            ^~
      """#
    ),
    Row(
      #"""
        - at: 1m
         ask: { who: ana, text: Hm }
      """#,
      #"""
      s.yaml:7:4: error: this is not YAML: while parsing a block collection, did not find \#
      expected '-' indicator
         ask: { who: ana, text: Hm }
         ^
      """#
    ),
    Row(
      #"""
        - { at: 1m, ask: { who: anna, text: Hm } }
        - { at: 1, puase: {} }
      """#,
      #"""
      s.yaml:6:27: error: unknown person 'anna'
        - { at: 1m, ask: { who: anna, text: Hm } }
                                ^~~~ did you mean 'ana'?
      s.yaml:7:11: error: 'at' must be a duration such as 250ms, 30s, 5m, 1h30m, 3d, 12w or 2y; \#
      or the name of a step; or '30s after NAME'
        - { at: 1, puase: {} }
                ^
      s.yaml:7:14: error: unknown word in a step: 'puase'
        - { at: 1, puase: {} }
                   ^~~~~ did you mean 'pause'?
      """#
    ),
  ]
}
