//! The published arithmetic: every boundary, every applicability, and all cells of cue category and premise points.

use super::*;

fn cues(count: u32) -> Vec<Cue> {
    vec![Cue { number: 1, kind: CueType::Error, count, marks: Vec::new() }]
}

/// A premise with this rating, built from points the form allows.
fn premise(rating: i32) -> Option<Premise> {
    let all = Applicability::ALL;
    for e1 in all {
        for e2 in all {
            for e3 in all {
                for e4 in all {
                    for e5 in all {
                        let premise = Premise::confirmed([e1, e2, e3, e4, e5]);
                        if premise.rating() == rating {
                            return Some(premise);
                        }
                    }
                }
            }
        }
    }
    None
}

#[test]
fn cue_boundaries() {
    for (count, expected) in [
        (0, CueCategory::Few),
        (1, CueCategory::Few),
        (8, CueCategory::Few),
        (9, CueCategory::Some),
        (14, CueCategory::Some),
        (15, CueCategory::Many),
        (400, CueCategory::Many),
    ] {
        assert_eq!(CueCategory::of(count), expected, "{count} cues");
    }
}

#[test]
fn alignment_boundaries() {
    for (rating, expected) in [
        (-8, Alignment::Weak),
        (0, Alignment::Weak),
        (10, Alignment::Weak),
        (11, Alignment::Medium),
        (17, Alignment::Medium),
        (18, Alignment::Strong),
        (32, Alignment::Strong),
    ] {
        assert_eq!(Alignment::of(rating), expected, "{rating} points");
    }
}

#[test]
fn points_of_an_element() {
    let points: Vec<i32> = Applicability::ALL.into_iter().map(Applicability::points).collect();
    assert_eq!(points, [0, 2, 4, 6, 8]);
    for applicability in Applicability::ALL {
        assert_eq!(Applicability::from_points(applicability.points()), Some(applicability));
    }
    for other in [-2, 1, 3, 5, 7, 9, 10] {
        assert_eq!(Applicability::from_points(other), None);
    }
}

#[test]
fn the_fifth_element_is_taken_off() {
    let most = Applicability::Extreme;
    let none = Applicability::NotApplicable;
    assert_eq!(Premise::confirmed([most, most, most, most, none]).rating(), 32);
    assert_eq!(Premise::confirmed([none, none, none, none, most]).rating(), -8);
    assert_eq!(Premise::confirmed([most, most, most, most, most]).rating(), 24);
}

/// Three cue categories, each met at five ratings in each of the three alignments: at both ends and inside.
#[test]
fn all_forty_five_cells() {
    use Difficulty::{Least, Moderately, ModeratelyToLeast, Very};
    let columns = [[-8, 0, 4, 8, 10], [12, 12, 14, 16, 16], [18, 20, 24, 30, 32]];
    let rows = [
        (5, [Moderately, Very, Very]),
        (11, [ModeratelyToLeast, Moderately, Very]),
        (20, [Least, Moderately, Moderately]),
    ];
    let mut cells = 0;
    for (count, expected) in rows {
        for (ratings, expected) in columns.iter().zip(expected) {
            for rating in ratings {
                let scale =
                    PhishScale::new(cues(count), premise(*rating).expect("an even rating can be reached"));
                assert_eq!(scale.difficulty, expected, "{count} cues, {rating} points");
                assert!(!scale.provisional);
                cells += 1;
            }
        }
    }
    assert_eq!(cells, 45);
}

/// The same at every edge, where a wrong comparison would show: 8 and 9, 14 and 15 cues; 10, 11, 17 and 18 points.
#[test]
fn difficulty_at_every_edge() {
    use Difficulty::{Least, Moderately, ModeratelyToLeast, Very};
    for (count, rating, expected) in [
        (8, 10, Moderately),
        (8, 11, Very),
        (8, 17, Very),
        (8, 18, Very),
        (9, 10, ModeratelyToLeast),
        (9, 11, Moderately),
        (9, 17, Moderately),
        (9, 18, Very),
        (14, 10, ModeratelyToLeast),
        (14, 11, Moderately),
        (14, 17, Moderately),
        (14, 18, Very),
        (15, 10, Least),
        (15, 11, Moderately),
        (15, 17, Moderately),
        (15, 18, Moderately),
    ] {
        assert_eq!(
            difficulty(CueCategory::of(count), Alignment::of(rating)),
            expected,
            "{count} cues, {rating} points"
        );
    }
}

#[test]
fn no_cue_is_read_as_few_and_said_to_be_outside_the_table() {
    let none = PhishScale::new(Vec::new(), premise(12).unwrap());
    assert!(none.outside_the_table);
    assert_eq!(none.category, CueCategory::Few);
    assert_eq!(none.difficulty, Difficulty::Very);
    assert!(!PhishScale::new(cues(1), premise(12).unwrap()).outside_the_table);
}

#[test]
fn a_guess_stays_provisional_until_every_element_is_confirmed() {
    let mut guess = premise(12).unwrap();
    guess.e2_relevant_to_work = Element::guessed(Applicability::Low);
    assert!(PhishScale::new(cues(3), guess).provisional);
    assert!(!PhishScale::new(cues(3), guess).with_premise(premise(20).unwrap()).provisional);
}

#[test]
fn every_cue_has_a_group_and_a_name() {
    for number in 1..=23u8 {
        assert!(CueType::of(number).is_some());
        for locale in [Locale::En, Locale::De] {
            assert!(!cues::name(number, locale).is_empty());
        }
    }
    assert_eq!(CueType::of(0), None);
    assert_eq!(CueType::of(24), None);
}
