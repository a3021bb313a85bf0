//! Which rule is a file's.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use custody_core::{
    Private, Timestamp,
    case::{Case, Customer, ForumUserId, Labels, TopicId},
    event::{Actor, EventKind},
    file_kind::FileKind,
    id::{CaseId, CustomerId, PersonId},
    period::Period,
    retention::{
        AdoptedRules, Applies, ChosenBy, NotAdoptable, Product, RetentionRule, RuleBook, Rules, RulesError, simulate,
    },
    ticket::{Standing, TicketRef},
    transition::Write,
};

fn case() -> Case {
    Case {
        id: CaseId::from_bytes([1; 16]),
        forum: "forum".into(),
        topic: TopicId(1),
        customer: CustomerId::from_bytes([3; 16]),
        ticket: TicketRef { tracker: "topic".into(), key: "1".into() },
        standing: Standing::UNREAD,
        exposed_since: None,
        labels: Labels { tags: vec!["atlas-3".into()], category: Some(7) },
        opened_at: Timestamp::UNIX_EPOCH,
        customer_active_at: Timestamp::UNIX_EPOCH,
        probe: None,
        noticed_at: None,
        forgotten_at: None,
        version: 0,
    }
}

fn carol(email: Option<&str>) -> Customer {
    Customer {
        id: CustomerId::from_bytes([3; 16]),
        forum: "forum".into(),
        user: ForumUserId(3),
        username: "Carol.C".into(),
        name: None,
        email: email.map(Into::into),
    }
}

fn atlas() -> Product {
    Product {
        name: "Atlas".into(),
        tags: vec!["atlas-3".into()],
        categories: vec![],
        title_words: vec!["Atlas".into()],
    }
}

fn book(applies: Applies) -> RuleBook {
    let usual = Rules::usual().as_slice()[0].clone();
    let special = RetentionRule { name: "special".into(), applies, ceiling: Some(Period::days(7)), ..usual.clone() };
    RuleBook { products: vec![atlas()], rules: vec![special, usual] }
}

fn chosen(applies: Applies, case: &Case, title: &str, customer: Option<&Customer>, kind: FileKind) -> bool {
    let rules = Rules::new(book(applies)).unwrap();
    let title: Private<String> = title.into();
    rules.chosen_for(&ChosenBy { case, title: Some(&title), customer, kind }).name == "special"
}

#[test]
fn a_customer_is_known_by_name_address_domain_or_id() {
    let id = CustomerId::from_bytes([3; 16]).to_string();
    for (named, by_address, without) in [
        ("carol.c", true, true),
        ("carol", false, false),
        ("carol@contoso.example", true, false),
        ("CAROL@contoso.example", true, false),
        ("@Contoso.example", true, false),
        ("@example", false, false),
        ("@mail.contoso.example", false, false),
        ("dave", false, false),
        (id.as_str(), true, true),
        ("00000000000000000000000000000009", false, false),
    ] {
        let applies = || Applies { customers: vec![named.to_owned()], ..Applies::default() };
        let (full, short) = (carol(Some("Carol@contoso.example")), carol(None));
        assert_eq!(chosen(applies(), &case(), "", Some(&full), FileKind::Other), by_address, "{named}");
        assert_eq!(chosen(applies(), &case(), "", Some(&short), FileKind::Other), without, "{named} without address");
        // Of a forgotten customer the id is left.
        assert_eq!(chosen(applies(), &case(), "", None, FileKind::Other), named == id, "{named}, forgotten");
    }
}

#[test]
fn a_product_is_known_by_a_tag_a_category_or_a_word_of_the_title() {
    let applies = || Applies { products: vec!["Atlas".into()], ..Applies::default() };
    let bare = Case { labels: Labels::default(), ..case() };
    assert!(chosen(applies(), &case(), "It crashes", None, FileKind::Other), "by its tag");
    assert!(chosen(applies(), &bare, "ATLAS crashes", None, FileKind::Other), "by a word");
    assert!(!chosen(applies(), &bare, "Atlases crash", None, FileKind::Other), "by nothing");
    let by_category = RuleBook {
        products: vec![Product { tags: vec![], title_words: vec![], categories: vec![7], ..atlas() }],
        ..book(applies())
    };
    let rules = Rules::new(by_category).unwrap();
    let by = ChosenBy { case: &case(), title: None, customer: None, kind: FileKind::Other };
    assert_eq!(rules.chosen_for(&by).name, "special", "by its category");
    assert!(!rules.look_at_titles() && !rules.look_at_customers(), "nothing is read that no rule looks at");
}

#[test]
fn a_rule_may_be_for_some_files_of_a_case_only() {
    let applies = || Applies { kinds: vec![FileKind::Dump, FileKind::Log], ..Applies::default() };
    for (kind, is_its) in [(FileKind::Dump, true), (FileKind::Log, true), (FileKind::Document, false)] {
        assert_eq!(chosen(applies(), &case(), "", None, kind), is_its, "{kind:?}");
    }
}

#[test]
fn within_a_list_one_match_is_enough_and_between_lists_all_must_match() {
    let both = |kind: FileKind, customer: &str| {
        let applies = Applies {
            kinds: vec![FileKind::Log, FileKind::Dump],
            customers: vec!["dave".into(), customer.to_owned()],
            ..Applies::default()
        };
        chosen(applies, &case(), "", Some(&carol(None)), kind)
    };
    assert!(both(FileKind::Dump, "carol.c"));
    assert!(!both(FileKind::Image, "carol.c"));
    assert!(!both(FileKind::Dump, "erin"));
}

#[test]
fn rules_that_do_not_hold_together_are_refused_with_the_name_that_is_wrong() {
    let refused = |change: &dyn Fn(&mut RuleBook)| {
        let mut book = book(Applies { tags: vec!["x".into()], ..Applies::default() });
        change(&mut book);
        Rules::new(book).unwrap_err()
    };
    let special = |book: &mut RuleBook, applies| book.rules[0].applies = applies;
    let product = |name: &str| RulesError::Product(name.into());
    assert_eq!(
        refused(&|book| special(book, Applies { products: vec!["Atlos".into()], ..Applies::default() })),
        product("Atlos")
    );
    assert_eq!(refused(&|book| book.products.push(atlas())), product("Atlas"));
    assert_eq!(
        refused(&|book| book.products[0] = Product { tags: vec![], title_words: vec![" ".into()], ..atlas() }),
        product("Atlas")
    );
    for blank in ["", " ", "@", "@ "] {
        let customers = vec![blank.to_owned()];
        assert_eq!(
            refused(&|book| special(book, Applies { customers: customers.clone(), ..Applies::default() })),
            RulesError::Blank("special".into()),
            "{blank:?}"
        );
    }
    // The last rule must be everybody's, by whatever it would choose.
    assert_eq!(refused(&|book| book.rules[1].applies.kinds = vec![FileKind::Log]), RulesError::NoDefault);
}

#[test]
fn a_fingerprint_tells_apart_whom_rules_are_for() {
    let of = |applies| Rules::new(book(applies)).unwrap().fingerprint();
    let all = [
        of(Applies { tags: vec!["a".into()], ..Applies::default() }),
        of(Applies { products: vec!["Atlas".into()], ..Applies::default() }),
        of(Applies { customers: vec!["a".into()], ..Applies::default() }),
        of(Applies { kinds: vec![FileKind::Log], ..Applies::default() }),
    ];
    let distinct: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
    assert_eq!(of(Applies { tags: vec!["a".into()], ..Applies::default() }), all[0]);
}

#[test]
fn titles_and_customers_are_read_only_where_a_rule_asks_for_them() {
    let rules = |book: RuleBook| Rules::new(book).unwrap();
    let by_customer = rules(book(Applies { customers: vec!["carol".into()], ..Applies::default() }));
    assert!(by_customer.look_at_customers() && by_customer.look_at_titles(), "its product has a word of the title");
    let by_tag =
        rules(RuleBook { products: vec![], ..book(Applies { tags: vec!["atlas-3".into()], ..Applies::default() }) });
    assert!(!by_tag.look_at_customers() && !by_tag.look_at_titles());
}

#[test]
fn rules_of_the_ledger_are_those_that_were_adopted_or_none() {
    let rules = Rules::new(book(Applies { tags: vec!["atlas-3".into()], ..Applies::default() })).unwrap();
    let adopted = AdoptedRules::of(&rules).unwrap();
    assert_eq!(adopted.rules().unwrap(), rules);
    let edited = AdoptedRules { book: AdoptedRules::of(&Rules::usual()).unwrap().book, ..adopted.clone() };
    assert!(matches!(edited.rules(), Err(NotAdoptable::Edited)), "another book under this fingerprint");
    let unreadable = AdoptedRules { book: Private::new("{".to_owned()), ..adopted };
    assert!(matches!(unreadable.rules(), Err(NotAdoptable::Text(_))));
}

#[test]
fn an_adoption_says_every_rule_and_who_changed_them() {
    let (was, rules) = (Rules::usual(), Rules::new(book(Applies::default())).unwrap());
    let (old, new) = (AdoptedRules::of(&was).unwrap(), AdoptedRules::of(&rules).unwrap());
    let sentences = |rules: &Rules| rules.as_slice().iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(sentences(&rules).len(), 2);

    let first = old.clone().adopt_first(&was, Timestamp::UNIX_EPOCH);
    let kind = EventKind::RulesAdopted { rules: sentences(&was), fingerprint: old.fingerprint.clone() };
    assert_eq!((first.event().actor, &first.event().kind), (Actor::Desk, &kind));

    let (person, simulation) = (PersonId::from_bytes([9; 16]), simulate(&[], &was, &rules, &[], Timestamp::UNIX_EPOCH));
    let changed = new.clone().change(&old, &rules, &simulation, person, Timestamp::UNIX_EPOCH);
    let kind = EventKind::RulesChanged {
        rules: sentences(&rules),
        token: simulation.token,
        erased_now: 0,
        sooner: 0,
        later: 0,
    };
    assert_eq!((changed.event().actor, &changed.event().kind), (Actor::Person(person), &kind));
    let expected = Some(old.fingerprint);
    assert!(matches!(changed.write(), Write::Rules { replace, adopted } if *replace == expected && *adopted == new));
}
