/// Keys, people, documents and faults.
extension Row {
  static let actions: [Row] = [
    Row(
      #"  - { at: 1m, create-key: { tenant: acmee, key: b } }"#,
      #"""
      s.yaml:6:37: error: unknown tenant 'acmee'
        - { at: 1m, create-key: { tenant: acmee, key: b } }
                                          ^~~~~ did you mean 'acme'?
      """#
    ),
    Row(
      #"  - { at: 1m, create-key: { key: first } }"#,
      #"""
      s.yaml:6:34: error: 'acme' has a key 'first' already
        - { at: 1m, create-key: { key: first } }
                                       ^~~~~
      """#
    ),
    Row(
      #"  - { at: 1m, create-key: { key: never-issued } }"#,
      #"""
      s.yaml:6:34: error: 'never-issued' is no key of the provider: it can only be installed
        - { at: 1m, create-key: { key: never-issued } }
                                       ^~~~~~~~~~~~
      """#
    ),
    Row(
      #"  - { at: 1m, install-key: { key: frist } }"#,
      #"""
      s.yaml:6:35: error: unknown key 'frist'
        - { at: 1m, install-key: { key: frist } }
                                        ^~~~~ did you mean 'first'?
      """#
    ),
    Row(
      #"""
        - { at: 1m, install-key: { key: second } }
        - { at: 2m, create-key: { key: second } }
      """#,
      #"""
      s.yaml:6:35: error: the key 'second' is created only later
        - { at: 1m, install-key: { key: second } }
                                        ^~~~~~
      """#
    ),
    Row(
      #"""
        - { at: 1m, delete-key: { key: first } }
        - { at: 2m, delete-key: { key: first } }
      """#,
      #"""
      s.yaml:7:34: error: the key 'first' of 'acme' is deleted already
        - { at: 2m, delete-key: { key: first } }
                                       ^~~~~
      """#
    ),
    Row(
      #"  - { at: 1m, move: { who: ana, to: sale } }"#,
      #"""
      s.yaml:6:37: error: unknown department 'sale'
        - { at: 1m, move: { who: ana, to: sale } }
                                          ^~~~ did you mean 'sales'?
      """#
    ),
    Row(
      #"  - { at: 1m, add-document: { knowledge: hr-handbok, name: b.md, text: b } }"#,
      #"""
      s.yaml:6:42: error: unknown knowledge base 'hr-handbok'
        - { at: 1m, add-document: { knowledge: hr-handbok, name: b.md, text: b } }
                                               ^~~~~~~~~~ did you mean 'hr-handbook'?
      """#
    ),
    Row(
      #"  - { at: 1m, restart-vendor: {} }"#,
      #"""
      s.yaml:6:31: error: 'restart-vendor' needs 'down-for'
        - { at: 1m, restart-vendor: {} }
                                    ^
      """#
    ),
    Row(
      #"  - { at: 1m, fault: { kind: outtage, between-vendor-and: provider, for: 1m } }"#,
      #"""
      s.yaml:6:30: error: unknown kind of fault 'outtage'
        - { at: 1m, fault: { kind: outtage, between-vendor-and: provider, for: 1m } }
                                   ^~~~~~~ did you mean 'outage'?
      """#
    ),
    Row(
      #"  - { at: 1m, fault: { kind: outage, between-vendor-and: providr, for: 1m } }"#,
      #"""
      s.yaml:6:58: error: unknown part 'providr'
        - { at: 1m, fault: { kind: outage, between-vendor-and: providr, for: 1m } }
                                                               ^~~~~~~ did you mean 'provider'?
      """#
    ),
    Row(
      #"  - { at: 1m, fault: { kind: slow, between-vendor-and: provider, for: 1m, percent: 5 } }"#,
      #"""
      s.yaml:6:22: error: 'fault' needs 'by'
        - { at: 1m, fault: { kind: slow, between-vendor-and: provider, for: 1m, percent: 5 } }
                           ^
      s.yaml:6:75: error: a fault of kind 'slow' takes no 'percent'
        - { at: 1m, fault: { kind: slow, between-vendor-and: provider, for: 1m, percent: 5 } }
                                                                                ^~~~~~~
      """#
    ),
    Row(
      #"""
        - { at: 1m, fault: { kind: loss, between-vendor-and: provider, for: 1m, percent: 101 } }
      """#,
      #"""
      s.yaml:6:84: error: 'percent' must be a whole number from 1 to 100
        - { at: 1m, fault: { kind: loss, between-vendor-and: provider, for: 1m, percent: 101 } }
                                                                                         ^~~
      """#
    ),
    Row(
      #"""
        - { at: 1m, fault: { kind: status, between-vendor-and: provider, for: 1m, status: 200 } }
      """#,
      #"""
      s.yaml:6:85: error: 'status' must be a whole number from 400 to 599
        - { at: 1m, fault: { kind: status, between-vendor-and: provider, for: 1m, status: 200 } }
                                                                                          ^~~
      """#
    ),
    Row(
      #"""
        - { at: 1m, fault: { kind: redirect, between-vendor-and: directory, for: 1m, to: a.b } }
      """#,
      #"""
      s.yaml:6:60: error: a fault of kind 'redirect' is one of the provider
        - { at: 1m, fault: { kind: redirect, between-vendor-and: directory, for: 1m, to: a.b } }
                                                                 ^~~~~~~~~
      """#
    ),
    Row(
      #"""
        - { at: 1m, fault: { kind: redirect, between-vendor-and: provider, for: 1m, to: \#
      "http://x" } }
      """#,
      #"""
      s.yaml:6:83: error: 'to' must be a host name such as harvest.example
        - { at: 1m, fault: { kind: redirect, between-vendor-and: provider, for: 1m, to: \#
      "http://x" } }
                                                                                        ^~~~~~~~~~
      """#
    ),
    Row(
      #"  - { at: 1m, fault: { kind: outage, between-vendor-and: provider, for: 1m } }"#,
      #"""
      s.yaml:6:5: warning: nobody asks anything while this fault lasts
        - { at: 1m, fault: { kind: outage, between-vendor-and: provider, for: 1m } }
          ^
      """#
    ),
    Row(
      #"  - { at: 1m, knock: { as: ana, with: forged-signatur, text: Hm } }"#,
      #"""
      s.yaml:6:39: error: unknown trick 'forged-signatur'
        - { at: 1m, knock: { as: ana, with: forged-signatur, text: Hm } }
                                            ^~~~~~~~~~~~~~~ did you mean 'forged-signature'?
      """#
    ),
  ]
}
