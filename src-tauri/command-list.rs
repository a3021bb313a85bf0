// The one list of what the page may ask for: the command, what it brings along, and what it is answered.
//
// `build.rs` reads it for the manifest that denies every other command, `src/commands.rs` makes the handler of it, and
// `tests/bindings.rs` the TypeScript. `capabilities/main.json` allows each by name; `tests/ipc_contract.rs` compares.
macro_rules! each_command {
    ($then:ident) => {
        $then! {
            /// Which desk there is, and how it stands.
            show_desk(Nothing) -> StageView;
            /// Tries again to open a desk that could not be opened.
            open_desk(Nothing) -> ();
            /// Makes this user's desk.
            create_desk(ChosenPassphrase) -> ();
            /// Starts a practice desk in place of one's own.
            start_practice(Nothing) -> ();
            /// Somebody is at the window: the idle lock waits anew.
            touch(Nothing) -> ();
            /// Unlocks the desk.
            unlock(TypedPassphrase) -> ();
            /// Locks the desk, and erases its viewing copies.
            lock(Nothing) -> ();
            /// Makes one round of all jobs now.
            run_round(Nothing) -> RoundView;

            /// Fetches nothing and sends no letter for a while.
            pause(PauseFor) -> PauseView;
            /// Ends the pause.
            resume(Nothing) -> ();
            /// Says which language the window speaks, for what is said outside of it.
            tell_language(Speaks) -> ();
            /// Closes the window: into the tray, or by quitting.
            close_window(Nothing) -> ();
            /// Quits, or shows first what goes on.
            quit(Nothing) -> ();
            /// What somebody says who was shown what goes on.
            answer_quit(Quits) -> ();
            /// Whether the program starts with the session.
            show_startup(Nothing) -> StartupView;
            /// Starts with the session from now on, or does so no more.
            set_startup(Starts) -> ();

            /// A part of the list of cases.
            list_cases(ListCases) -> CaseListView;
            /// A case with everything in it.
            show_case(OfCase) -> CaseView;
            /// Makes the drop folder of a case.
            make_drop_folder(OfCase) -> DropFolderPlace;
            /// What was dropped onto the window, looked at for the case it is meant for.
            show_offer(OfCase) -> Option<ChosenFilesView>;
            /// Lets a person choose files for a case.
            choose_files(OfCase) -> Option<ChosenFilesView>;
            /// Forgets what was offered.
            withdraw_offer(OfOffer) -> ();
            /// Moves what was offered into the case.
            bring_files(OfOffer) -> BroughtView;
            /// Places a hold.
            place_hold(PlaceHold) -> ();
            /// Lifts a hold.
            lift_hold(LiftHold) -> ();
            /// Says when a hold is to be looked at again.
            review_hold(ReviewHold) -> ();
            /// Makes somebody else answer for a hold.
            hand_hold_on(HandHoldOn) -> ();
            /// Tells a customer of a hold in the thread, after the letter came back.
            tell_in_thread(OfRequest) -> ();
            /// Proposes to a second person that a hold be lifted.
            propose_lift(ProposeLift) -> ();
            /// Proposes to a second person that files be erased.
            propose_erasure(ProposeErasure) -> ();
            /// What waits for a second person.
            list_transfers(Nothing) -> Vec<TransferView>;
            list_proposals(Nothing) -> Vec<ProposalView>;
            /// Approves a proposal, as the second person.
            approve_proposal(ApproveProposal) -> ();
            /// Declines a proposal.
            decline_proposal(DeclineProposal) -> ();
            /// Gives a file, or the files of a case, a date of its own.
            give_own_date(GiveOwnDate) -> ();
            /// Takes an own date back.
            withdraw_own_date(OfOwnDate) -> ();
            /// Asks, as staff, that files be erased.
            ask_erasure(AskErasure) -> ();
            /// Says what an unclear request means.
            resolve_request(ResolveRequest) -> ();
            /// Takes a ticket that the thread names for the case's.
            take_ticket(OfTicket) -> ();
            /// Says that a ticket which the thread names is not the case's.
            set_ticket_aside(OfTicket) -> ();
            /// Makes a viewing copy.
            make_viewing_copy(MakeViewingCopy) -> ViewingCopyPlace;
            /// Makes a viewing copy last longer.
            extend_viewing_copy(ExtendViewingCopy) -> ViewingCopyView;
            /// Ends a viewing copy now.
            end_viewing_copy(OfViewingCopy) -> EndedCopyView;
            /// Opens a file in a window of its own.
            open_viewer(OfFile) -> ();

            /// A part of the list of receipts.
            list_receipts(ListReceipts) -> ReceiptListView;
            /// A receipt with everything in it.
            show_receipt(OfReceipt) -> ReceiptView;
            /// Puts a receipt into the outbox again.
            resend_receipt(OfReceipt) -> ();
            /// Checks a receipt: its signature, and what it says of ledger and chain.
            verify_receipt(OfReceipt) -> ReceiptCheckView;
            /// Writes the signed receipt into a file, and says where it is.
            save_receipt(OfReceipt) -> SavedFile;

            /// A part of what will be erased, is being erased, or was.
            list_erasures(ListErasures) -> ErasureListView;
            /// The erasure of a file with everything about it.
            show_erasure(OfFile) -> ErasureView;

            /// A part of the chain of events.
            list_events(ListEvents) -> AuditListView;
            /// An event with everything about it.
            show_event(OfEvent) -> AuditEventView;
            /// Walks the whole chain of events.
            verify_chain(Nothing) -> ChainView;
            /// Compares the chain with the receipts that were signed over it.
            verify_anchors(Nothing) -> AnchorsView;
            /// Writes the chain of events into a signed file, and says where it is.
            export_audit(Nothing) -> SavedFile;
            /// Proposes to a second person that something leave the desk.
            propose_export(ProposeExport) -> ();

            /// The retention report of a span of time.
            show_report(ReportSpan) -> ReportView;
            /// Writes the retention report of a span of time to a file, with its signed statement beside it.
            export_report(ExportReport) -> SavedFile;

            /// What the next sweep would do.
            show_plan(Nothing) -> PlanView;
            /// Erases what a stopped sweep would have erased.
            approve_sweep(Approval) -> RoundView;

            /// The retention rules.
            show_rules(Nothing) -> RulesView;
            /// What changed rules would do; nothing is changed.
            simulate_rules(RulesEdit) -> SimulationView;
            /// Puts changed rules into force, by the token of their simulation.
            change_rules(RulesChange) -> SimulationView;

            /// Makes a recovery kit, and shows its words once.
            show_new_kit(Nothing) -> KitWordsView;
            /// Answers with the words that were asked back; true if they are right.
            answer_kit_words(KitWords) -> bool;
            /// Makes a recovery kit that one recipient alone can open.
            seal_new_kit(Escrow) -> SealedKit;
            /// Says that the sealed kit is in that person's hands.
            hand_kit_over(Nothing) -> ();
            /// Goes past a step of the first run.
            pass_setup_step(OfSetupStep) -> ();
            /// Ends the first run.
            end_setup(Nothing) -> ();
            /// Asks a forum how it lets people in.
            begin_sign_in(SignInWish) -> SignInView;
            /// Asks for a code that is typed on the forum.
            ask_sign_in_code(Nothing) -> SignInCodeView;
            /// Opens a page of the sign-in in the browser.
            open_sign_in_page(OfSignInPage) -> ();
            /// Waits until the forum let us in; nothing if it was stopped.
            wait_for_sign_in(Nothing) -> Option<AccountView>;
            /// Ends the sign-in by what a person brought back.
            bring_back_sign_in(BroughtBack) -> AccountView;
            /// Stops the sign-in.
            cancel_sign_in(Nothing) -> ();
            /// Says whose inboxes are looked at.
            choose_inboxes(Inboxes) -> ();
            /// What the desk is connected to.
            show_connections(Nothing) -> ConnectionsView;
            /// Asks a connected server, and says what was found.
            test_connection(OfConnection) -> FoundView;
            /// Leaves a server, and destroys the key to it.
            disconnect(OfConnection) -> ();
            /// Asks a tracker, and keeps nothing.
            try_tracker(TrackerForm) -> TrackerFoundView;
            /// Connects a tracker.
            connect_tracker(TrackerForm) -> TrackerFoundView;
            /// Logs in to both mail servers, and keeps nothing.
            try_mail(MailForm) -> MailFoundView;
            /// Connects mail by a password.
            connect_mail(MailForm) -> ();
            /// Connects mail by OAuth.
            connect_mail_by_oauth(OAuthMailForm) -> ();

            /// Who opens what.
            show_security(Nothing) -> SecurityView;
            /// Changes the passphrase.
            change_passphrase(PassphraseChange) -> ();
            /// Says when the desk locks itself.
            set_lock_time(LockAfter) -> ();
            set_viewer_copies(Copies) -> ();
            /// Gives a member of staff a key of their own.
            add_approver(NewApprover) -> ();
            /// Takes such a key out of use.
            remove_approver(OfPerson) -> ();
            /// Where things lie.
            show_storage(Nothing) -> StorageView;
            /// Connects a backup in a folder that is chosen outside of the page; false if none was.
            connect_backup(BackupForm) -> bool;
            /// Empties a backup and leaves it.
            leave_backup(LeaveBackup) -> ();
            /// Brings every backup up to date.
            back_up(Nothing) -> RoundView;
            /// Erases something that was set aside.
            erase_aside(OfAside) -> ();
            /// Opens a window on a practice desk beside this one.
            open_practice_window(Nothing) -> ();
            /// Which program this is.
            show_about(Nothing) -> AboutView;
            /// Asks whether there is a newer version.
            look_for_update(Nothing) -> UpdateView;

            /// The practice customer posts a file.
            practice_post(OfCase) -> ();
            /// The practice customer asks for removal.
            practice_ask(OfCase) -> ();
            /// The practice customer confirms a receipt.
            practice_confirm(OfReceipt) -> ();
            /// The practice customer disputes a receipt.
            practice_dispute(OfReceipt) -> ();
            /// The practice engineer closes a ticket.
            practice_close(OfCase) -> ();
            /// Moves the practice clock on.
            practice_move_clock(MoveClock) -> ();
        }
    };
}

// What the page of a viewer may ask for, of the one file that its window was opened for. `capabilities/viewer.json` allows
// each by name, and nothing of the list above; which file it is follows from the window and is in no argument.
macro_rules! each_viewer_command {
    ($then:ident) => {
        $then! {
            /// What is known of the file by now.
            show_viewer(Nothing) -> ViewerView;
            /// Somebody is at the window: the idle lock waits anew.
            touch_viewer(Nothing) -> ();
            /// Rows of text.
            read_rows(ReadRows) -> RowsView;
            /// Bytes as they are.
            read_bytes(ReadBytes) -> RawBytes;
            /// Where a line begins.
            find_line(FindLine) -> PlaceView;
            /// Begins or ends a search.
            search_text(SearchText) -> ();
            /// The find next to a place.
            find_hit(FindHit) -> HitView;
            /// What is in an archive.
            list_entries(OfLayer) -> EntriesView;
            /// Unpacks an entry into memory and opens it.
            open_entry(OpenEntry) -> OpenedView;
            /// Closes what was opened out of a layer.
            leave_entry(OfLayer) -> ();
        }
    };
}
