/// Buttons that cannot be pressed as the file has it.
extension Row {
  static let buttons: [Row] = [
    Row(
      #"  - { at: 1m, press: { who: ana, button: retri } }"#,
      #"""
      s.yaml:6:42: error: unknown button 'retri'
        - { at: 1m, press: { who: ana, button: retri } }
                                               ^~~~~ did you mean 'retry'?
      """#
    ),
    Row(
      #"""
        - { at: 1m, ask: { who: ana, text: Hm } }
        - { at: 2m, press: { who: ana, button: retry }, expect: { accepted: true } }
      """#,
      #"""
      s.yaml:7:61: error: 'accepted' cannot be expected of the button 'retry'
        - { at: 2m, press: { who: ana, button: retry }, expect: { accepted: true } }
                                                                  ^~~~~~~~
      """#
    ),
    Row(
      #"""
        - { at: 1m, ask: { who: ana, text: Hm } }
        - { at: 2m, press: { who: ben, whose: ana, button: helpful } }
      """#,
      #"""
      s.yaml:7:41: error: the buttons of 'ana' can be reached in a group alone: say which by 'in'
        - { at: 2m, press: { who: ben, whose: ana, button: helpful } }
                                              ^~~
      """#
    ),
    Row(
      #"""
        - { at: 1m, ask: { who: ana, text: Hm } }
        - { at: 2m, press: { who: ben, whose: ana, in: lunch, button: helpful } }
      """#,
      #"""
      s.yaml:7:29: error: 'ben' is not a member of 'lunch'
        - { at: 2m, press: { who: ben, whose: ana, in: lunch, button: helpful } }
                                  ^~~
      """#
    ),
    Row(
      #"""
        - { at: 1m, ask: { who: ana, text: Hm } }
        - { at: 2m, press: { who: ana, button: retry, with: forged } }
      """#,
      #"""
      s.yaml:7:55: error: unknown trick 'forged'; known: genuine, forged-signature, expired, \#
      wrong-audience, wrong-tenant, wrong-issuer, wrong-service-url, not-endorsed, unknown-key, \#
      no-token, unsigned-algorithm, confused-algorithm, garbage
        - { at: 2m, press: { who: ana, button: retry, with: forged } }
                                                            ^~~~~~
      """#
    ),
    Row(
      #"""
        - { at: 1m, ask: { who: ana, text: Hm } }
        - { at: 2m, press: { who: ana, button: retry, with: expired, times: 2 } }
      """#,
      #"""
      s.yaml:7:71: error: an impostor presses once: 'times' has no meaning beside 'with'
        - { at: 2m, press: { who: ana, button: retry, with: expired, times: 2 } }
                                                                            ^
      """#
    ),
    Row(
      #"  - { at: 1m, press: { who: ana, button: helpful } }"#,
      #"""
      s.yaml:6:5: warning: 'ana' has got no answer with buttons by then
        - { at: 1m, press: { who: ana, button: helpful } }
          ^
      """#
    ),
  ]
}
