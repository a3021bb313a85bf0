//! A user's JSON: to themselves and staff everything, to others what a profile shows.

use serde_json::{Value, json};

use super::{basic_user, extend, without};
use crate::forum::ids::UserId;
use crate::forum::model::{Group, Post, State, User};
use crate::forum::options::Era;
use crate::forum::reply::time;
use crate::forum::rules::may;

/// `/session/current.json`
pub(crate) fn current(state: &State, user: &User) -> Value {
    let groups: Vec<Value> = groups_of(state, user)
        .map(|group| {
            let mut value = json!({
                "id": group.id,
                "name": group.name,
                "has_messages": group.has_messages,
            });
            if group.owners.contains(&user.id) {
                extend(&mut value, json!({"owner": true}));
            }
            value
        })
        .collect();
    json!({"current_user": {
        "id": user.id,
        "username": user.username,
        "name": user.name,
        "avatar_template": user.avatar(),
        "admin": user.admin,
        "moderator": user.moderator,
        "staff": user.is_staff(),
        "trust_level": user.trust_level,
        "unread_notifications": 0,
        "unread_high_priority_notifications": 0,
        "new_personal_messages_notifications_count": 0,
        "groups": groups,
        "external_id": null,
        "can_send_private_messages": true,
    }})
}

/// `/u/:username.json`
pub(crate) fn profile(state: &State, viewer: Option<UserId>, user: &User) -> Value {
    let own = viewer == Some(user.id) || may::is_staff(state, viewer);
    let mut value = public(state, viewer, user);
    if own {
        extend(&mut value, private(user));
        extend(&mut value, tracking());
        extend(&mut value, schedule());
        extend(&mut value, json!({"user_option": options(state, user)}));
    }
    if state.options.era == Era::Year2023 {
        without(&mut value, &["can_ignore_users", "can_mute_users", "topic_count"]);
    }
    let mut answer = json!({"user_badges": [], "user": value});
    if !own {
        extend(&mut answer, json!({"users": []}));
    }
    answer
}

/// A row of a group's members.
pub(crate) fn member(state: &State, user: &User) -> Value {
    let last = state.posts.values().filter(|post| post.user == user.id).map(|post| post.created_at).max().map(time);
    let mut value = basic_user(user);
    extend(
        &mut value,
        json!({
            "title": null,
            "last_posted_at": last,
            "last_seen_at": last,
            "added_at": time(user.created_at),
            "timezone": "Etc/UTC",
        }),
    );
    value
}

fn groups_of<'s>(state: &'s State, user: &User) -> impl Iterator<Item = &'s Group> {
    let id = user.id;
    state.groups.values().filter(move |group| group.members.contains(&id))
}

fn public(state: &State, viewer: Option<UserId>, user: &User) -> Value {
    let posts: Vec<&Post> = state.posts.values().filter(|post| post.user == user.id).collect();
    let groups: Vec<Value> = groups_of(state, user).map(|group| group_of(viewer, group)).collect();
    let mut value = json!({
        "id": user.id,
        "username": user.username,
        "name": user.name,
        "avatar_template": user.avatar(),
        "last_posted_at": posts.iter().map(|post| post.created_at).max().map(time),
        "last_seen_at": posts.iter().map(|post| post.created_at).max().map(time),
        "created_at": time(user.created_at),
        "ignored": false,
        "muted": false,
        "can_ignore_user": false,
        "can_ignore_users": false,
        "can_mute_user": false,
        "can_mute_users": false,
        "can_send_private_messages": true,
        "can_send_private_message_to_user": viewer.is_some() && viewer != Some(user.id),
        "trust_level": user.trust_level,
        "moderator": user.moderator,
        "admin": user.admin,
        "title": null,
        "badge_count": 0,
        "user_fields": {"1": null, "2": null},
        "custom_fields": {},
        "time_read": 0,
        "recent_time_read": 0,
    });
    extend(
        &mut value,
        json!({
            "primary_group_id": null,
            "primary_group_name": null,
            "flair_group_id": null,
            "flair_name": null,
            "flair_url": null,
            "flair_bg_color": null,
            "flair_color": null,
            "featured_topic": null,
            "staged": user.staged,
            "can_edit": viewer == Some(user.id) || may::is_admin(state, viewer),
            "can_edit_username": may::is_admin(state, viewer),
            "can_edit_email": may::is_admin(state, viewer),
            "can_edit_name": viewer == Some(user.id) || may::is_admin(state, viewer),
            "uploaded_avatar_id": null,
            "has_title_badges": false,
            "pending_count": 0,
            "pending_posts_count": 0,
            "profile_view_count": 0,
            "can_upload_profile_header": true,
            "can_upload_user_card_background": true,
            "post_count": posts.len(),
            "topic_count": state.topics.values().filter(|topic| topic.user == user.id).count(),
            "groups": groups,
        }),
    );
    value
}

fn group_of(viewer: Option<UserId>, group: &Group) -> Value {
    json!({
        "id": group.id,
        "automatic": false,
        "name": group.name,
        "display_name": group.name,
        "user_count": group.members.len(),
        "mentionable_level": 0,
        "messageable_level": 99,
        "visibility_level": 0,
        "primary_group": false,
        "title": null,
        "grant_trust_level": null,
        "incoming_email": null,
        "has_messages": group.has_messages,
        "flair_url": null,
        "flair_bg_color": null,
        "flair_color": null,
        "bio_raw": null,
        "bio_cooked": null,
        "bio_excerpt": null,
        "public_admission": false,
        "public_exit": false,
        "allow_membership_requests": false,
        "full_name": group.full_name,
        "default_notification_level": 3,
        "membership_request_template": null,
        "members_visibility_level": 0,
        "can_see_members": true,
        "can_admin_group": viewer.is_some_and(|viewer| group.owners.contains(&viewer)),
        "publish_read_state": false,
    })
}

fn private(user: &User) -> Value {
    json!({
        "second_factor_enabled": false,
        "second_factor_backup_enabled": false,
        "can_be_deleted": false,
        "can_delete_all_posts": false,
        "locale": null,
        "system_avatar_upload_id": null,
        "system_avatar_template": user.avatar(),
        "mailing_list_posts_per_day": 0,
        "can_change_bio": true,
        "can_change_location": true,
        "can_change_website": true,
        "can_change_tracking_preferences": true,
        "user_api_keys": null,
        "user_auth_tokens": [],
        "use_logo_small_as_avatar": false,
        "featured_user_badge_ids": [],
        "invited_by": null,
        "group_users": [],
    })
}

fn tracking() -> Value {
    let mut value = json!({});
    for name in [
        "muted_category_ids",
        "regular_category_ids",
        "watched_tags",
        "watching_first_post_tags",
        "tracked_tags",
        "muted_tags",
        "tracked_category_ids",
        "watched_category_ids",
        "watched_first_post_category_ids",
        "muted_usernames",
        "ignored_usernames",
        "allowed_pm_usernames",
    ] {
        extend(&mut value, json!({name: []}));
    }
    value
}

fn schedule() -> Value {
    let mut value = json!({"enabled": false});
    for day in 0..7 {
        extend(&mut value, json!({format!("day_{day}_start_time"): 480, format!("day_{day}_end_time"): 1020}));
    }
    json!({"user_notification_schedule": value})
}

fn options(state: &State, user: &User) -> Value {
    let mut value = json!({
        "user_id": user.id,
        "mailing_list_mode": false,
        "mailing_list_mode_frequency": 1,
        "email_digests": true,
        "email_level": 1,
        "email_messages_level": 0,
        "external_links_in_new_tab": false,
        "color_scheme_id": null,
        "dark_scheme_id": null,
        "dynamic_favicon": false,
        "enable_quoting": true,
        "digest_after_minutes": 10080,
        "automatically_unpin_topics": true,
        "auto_track_topics_after_msecs": 240_000,
        "notification_level_when_replying": 2,
        "new_topic_duration_minutes": 2880,
        "email_previous_replies": 2,
        "email_in_reply_to": true,
        "like_notification_frequency": 1,
        "include_tl0_in_digests": false,
        "theme_ids": [],
        "theme_key_seq": 0,
        "allow_private_messages": true,
        "enable_allowed_pm_users": false,
        "homepage_id": null,
        "hide_profile_and_presence": false,
    });
    extend(
        &mut value,
        json!({
            "text_size": "normal",
            "text_size_seq": 0,
            "title_count_mode": "notifications",
            "timezone": null,
            "skip_new_user_tips": false,
        }),
    );
    let more = match state.options.era {
        Era::Year2023 => json!({"enable_defer": false}),
        Era::Year2026 => json!({
            "enable_smart_lists": true,
            "enable_markdown_monospace_font": true,
            "notify_on_linked_posts": true,
            "push_notification_level": "default",
            "enable_upcoming_change_available_notifications": false,
            "hide_profile": false,
            "hide_presence": false,
            "topics_unread_when_closed": true,
            "interface_color_mode": 1,
            "automatically_translate": false,
            "understood_languages": ["en"],
            "show_original_content": false,
            "send_shortcut": "enter",
        }),
    };
    extend(&mut value, more);
    value
}
