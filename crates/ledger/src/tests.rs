//! The promises of the ledger, told on both engines.
//!
//! They live inside the crate because some writes (receipts, rotations) are made only by the core's own steps; here they are
//! put together by hand. Each promise is a function over a [`World`]; SQLite tells each as a test of its own, PostgreSQL
//! tells all of them in one test, since starting its cluster costs a second and every test may run in its own process.

mod build;
mod case_list;
mod chain;
mod claims;
mod crash;
mod erasure_list;
mod event_list;
mod forget;
mod keep;
mod migrations;
#[cfg(unix)]
mod postgres;
mod receipt_list;
mod rules;
mod snapshot;
mod sqlite;
mod threads;
mod turns;
mod two;
mod world;

use world::World;

/// Declares the promises that hold on both engines: a test for each on SQLite, and the list that PostgreSQL runs through.
macro_rules! promises {
    ($($module:ident :: $promise:ident),* $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test]
                async fn $promise() {
                    super::$module::$promise(&super::World::on_sqlite().await).await;
                }
            )*
        }

        #[cfg(unix)]
        #[tokio::test]
        async fn every_promise_holds_on_postgresql_too() {
            let cluster = postgres::Cluster::start();
            $(
                let told = postgres::Telling(stringify!($promise));
                $module::$promise(&World::on_postgres(&cluster).await).await;
                drop(told);
            )*
            postgres::tell_the_rest(&cluster).await;
        }
    };
}

promises! {
    keep::every_row_is_read_back_as_it_was_written,
    keep::a_file_from_a_drop_folder_has_nothing_of_the_forum,
    keep::a_reply_is_owed_once_and_found_by_whatever_an_answer_names,
    keep::every_row_is_found_by_what_the_core_asks_for,
    keep::lists_are_newest_first_and_come_in_pages,
    keep::open_cases_are_those_with_files_and_those_that_are_remembered,
    case_list::a_part_of_the_list_is_sorted_and_counted,
    case_list::what_is_mine_and_what_is_due_soon_is_found_and_counted,
    case_list::a_search_finds_each_word_as_it_was_typed,
    case_list::the_list_knows_up_to_which_event_it_was_made_and_what_was_touched_since,
    case_list::what_is_forgotten_is_found_by_no_search_and_comes_back_by_no_late_row,
    receipt_list::receipts_are_listed_by_how_they_stand_and_by_what_is_owed,
    receipt_list::receipts_are_found_by_their_case_and_their_number,
    receipt_list::to_a_forgotten_case_nothing_is_owed_and_only_its_number_is_found,
    erasure_list::erasures_to_come_are_soonest_first_and_those_that_were_newest_first,
    erasure_list::the_erasures_of_a_case_take_the_place_of_those_before,
    event_list::events_are_newest_first_and_filtered_by_what_who_when_and_whose,
    event_list::an_event_is_added_to_the_list_once_whoever_adds_it,
    event_list::an_event_is_shown_as_it_stands_in_the_chain,
    keep::what_a_person_may_have_to_hear_of_is_found_for_open_cases,
    keep::the_outbox_gives_what_is_due_and_nothing_else,
    keep::a_person_keeps_the_first_id_and_a_job_its_last_run,
    keep::a_hostile_name_is_kept_on_either_engine,
    keep::the_events_of_a_case_are_found_and_no_others,
    keep::many_files_and_wraps_are_written_in_one_commit,
    keep::a_row_that_makes_no_sense_is_named_by_its_place,
    snapshot::a_snapshot_makes_the_same_ledger_again,
    snapshot::a_snapshot_that_is_not_whole_or_not_one_makes_nothing,
    snapshot::a_snapshot_is_not_loaded_over_a_ledger,
    threads::links_are_kept_once_and_go_when_the_case_is_forgotten,
    threads::an_offered_ticket_waits_until_a_person_settles_it,
    threads::what_a_look_without_credentials_found_is_kept_with_the_case,
    threads::the_last_reading_of_each_ticket_is_known,
    two::a_person_has_one_key_at_a_time_and_keys_out_of_use_stay_known,
    two::a_proposal_is_kept_whole_and_its_words_go_with_what_they_are_about,
    turns::a_stale_version_is_a_conflict_and_changes_nothing,
    turns::a_commit_that_fails_at_its_last_change_leaves_nothing,
    turns::two_desks_that_write_at_once_take_turns,
    turns::of_two_desks_that_read_the_same_row_only_the_first_changes_it,
    turns::the_same_message_and_the_same_attachment_count_once,
    turns::a_rotation_takes_exactly_the_wraps_that_are_there,
    turns::a_file_sealed_under_an_old_epoch_is_not_taken,
    rules::the_rules_in_force_are_changed_only_by_whoever_knows_them,
    rules::an_own_date_is_found_with_its_case_and_its_last_words_count,
    forget::forgetting_a_case_leaves_nothing_personal_of_it,
    forget::a_case_is_not_forgotten_while_a_file_arrives_and_then_takes_no_other,
    forget::a_customer_is_forgotten_with_the_last_case_only,
    forget::a_forgotten_case_that_gets_files_again_is_remembered_again,
    forget::the_kept_tables_hold_nothing_personal_and_the_dump_leaves_no_table_out,
    claims::a_ledger_belongs_to_the_desk_that_opened_it_first,
    chain::what_is_walked_is_given_as_it_is_stored_and_ends_where_it_does_not_fit,
    chain::an_untouched_chain_is_whole_over_many_pages,
    chain::an_edited_event_is_found,
    chain::an_event_written_otherwise_is_found_even_if_the_hashes_fit,
    chain::a_removed_event_is_found,
    chain::reordered_events_are_found,
    chain::a_cut_off_tail_is_found,
    chain::an_event_that_was_slipped_in_is_found,
    chain::an_event_that_cannot_be_read_is_found,
    chain::a_changed_end_is_found,
}
